package webhook

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Credentials are what the server needs to act as a GitHub App. Set-up gets them from GitHub and keeps
// them in a file; the environment can give the same.
type Credentials struct {
	AppID         int64  `json:"app_id"`
	Slug          string `json:"slug,omitempty"`
	URL           string `json:"url,omitempty"` // the App's page: https://github.com/apps/SLUG
	PrivateKey    string `json:"private_key"`   // PEM
	WebhookSecret string `json:"webhook_secret"`
	APIURL        string `json:"api_url"`
	GraphQLURL    string `json:"graphql_url"`
}

// ErrCredentialsExist says that there is a file already: it is somebody's only copy of a private key.
var ErrCredentialsExist = errors.New("a credentials file is there already")

// ReadCredentials reads the file that set-up wrote. fs.ErrNotExist: there is none.
func ReadCredentials(path string) (*Credentials, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	c := &Credentials{}
	if err := json.Unmarshal(data, c); err != nil {
		// The decoder's own words may quote what is in the file.
		return nil, fmt.Errorf("%s is not the JSON that set-up writes", path)
	}
	if err := c.check(); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return c, nil
}

func (c *Credentials) check() error {
	switch {
	case c.AppID <= 0:
		return errors.New("app_id is missing")
	case c.PrivateKey == "":
		return errors.New("private_key is missing")
	case c.WebhookSecret == "":
		return errors.New("webhook_secret is missing")
	}
	return nil
}

// Save writes the file for its owner only, whole or not at all, and never over another one.
func (c *Credentials) Save(path string) (err error) {
	if _, err := os.Lstat(path); err == nil {
		return ErrCredentialsExist
	}
	data, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	temp, err := os.CreateTemp(filepath.Dir(path), ".credentials-*") // mode 0600
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.Remove(temp.Name())) }()
	_, err = temp.Write(append(data, '\n'))
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return err
	}
	// A link fails where a rename would replace.
	if err := os.Link(temp.Name(), path); errors.Is(err, fs.ErrExist) {
		return ErrCredentialsExist
	} else if err != nil {
		return err
	}
	return nil
}
