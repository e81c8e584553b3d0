package converse

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"
)

// Script says what is answered to a call. It is called by many at once.
type Script func(Call) Reply

// Sequence gives the replies in order, one a call. A call too many is refused.
func Sequence(replies ...Reply) Script {
	var next atomic.Int64
	return func(Call) Reply {
		i := int(next.Add(1)) - 1
		if i >= len(replies) {
			return Throw("ValidationException", fmt.Sprintf("call %d: the script has only %d replies", i+1, len(replies)))
		}
		return replies[i]
	}
}

// Always gives the same reply to every call.
func Always(r Reply) Script { return func(Call) Reply { return r } }

// Reply is an answer, or an exception.
type Reply struct {
	JSON      string // the answer, in the way that was asked for: as text, or as input of the tool
	Text      string // or words, in whatever way was asked
	Stop      string // stop reason. Default end_turn or tool_use, as befits
	Usage     Usage
	Tokens    int           // of CountTokens
	Wait      time.Duration // before anything is sent
	Exception *Exception
	Raw       string // the whole body, as it is
}

// Usage is what a call is charged for.
type Usage struct {
	Input      int `json:"inputTokens"`
	Output     int `json:"outputTokens"`
	Total      int `json:"totalTokens"`
	CacheRead  int `json:"cacheReadInputTokens"`
	CacheWrite int `json:"cacheWriteInputTokens"`
}

// Says answers with JSON.
func Says(answer string) Reply { return Reply{JSON: answer, Usage: Usage{Input: 100, Output: 10}} }

// Words answers with words.
func Words(text string) Reply { return Reply{Text: text, Usage: Usage{Input: 100, Output: 10}} }

// Throw answers with an exception.
func Throw(code, message string) Reply {
	return Reply{Exception: &Exception{Code: code, Message: message}}
}

// Exception is an error of the service. Its status is that of the code, unless it is given.
type Exception struct {
	Code, Message string
	Status        int
}

func (e *Exception) Error() string { return e.Code + ": " + e.Message }

// Exceptions are the codes of Converse with their statuses (API reference of Converse, Errors).
func Exceptions() map[string]int {
	return map[string]int{
		"AccessDeniedException": 403, "InternalServerException": 500, "ModelErrorException": 424,
		"ModelNotReadyException": 429, "ModelTimeoutException": 408, "ResourceNotFoundException": 404,
		"ServiceQuotaExceededException": 400, "ServiceUnavailableException": 503, "ThrottlingException": 429,
		"ValidationException": 400,
	}
}

func (e *Exception) write(w http.ResponseWriter) {
	status := e.Status
	if status == 0 {
		status = Exceptions()[e.Code]
	}
	if status == 0 {
		status = http.StatusBadRequest
	}
	w.Header().Set("X-Amzn-Errortype", e.Code)
	body := map[string]any{"message": e.Message}
	if e.Code == "ModelErrorException" {
		body["originalStatusCode"], body["resourceName"] = 500, "model"
	}
	writeJSON(w, status, body)
}

func (r Reply) write(w http.ResponseWriter, call Call) {
	switch {
	case r.Exception != nil:
		r.Exception.write(w)
	case r.Raw != "":
		writeBody(w, http.StatusOK, []byte(r.Raw))
	case call.Operation == CountTokens:
		writeJSON(w, http.StatusOK, map[string]int{"inputTokens": r.Tokens})
	default:
		writeJSON(w, http.StatusOK, r.body(call))
	}
}

func (r Reply) body(call Call) map[string]any {
	content, stop := map[string]any{"text": r.JSON + r.Text}, "end_turn"
	if tools := call.Request.ToolConfig; tools != nil && r.JSON != "" {
		content, stop = map[string]any{"toolUse": map[string]any{
			"toolUseId": "tooluse_" + fmt.Sprint(call.Number), "name": tools.Tools[0].ToolSpec.Name, "input": json.RawMessage(r.JSON),
		}}, "tool_use"
	}
	if r.Stop != "" {
		stop = r.Stop
	}
	u := r.Usage
	u.Total = u.Input + u.Output + u.CacheRead + u.CacheWrite
	return map[string]any{
		"output":     map[string]any{"message": map[string]any{"role": "assistant", "content": []any{content}}},
		"stopReason": stop, "usage": u, "metrics": map[string]int{"latencyMs": 1 + int(r.Wait.Milliseconds())},
	}
}
