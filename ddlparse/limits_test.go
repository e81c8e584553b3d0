package ddlparse

import "testing"

func TestStorageBytes(t *testing.T) {
	t.Parallel()
	sized := func(name string, length, scale int) Type { return Type{Name: name, Length: length, Scale: scale} }
	tests := map[string]struct {
		typ    Type
		maxLen int
		want   int
	}{
		"BIGINT":          {sized("bigint", -1, -1), 1, 8},
		"MEDIUMINT(5)":    {sized("mediumint", 5, -1), 1, 3},
		"CHAR of utf8mb4": {sized("char", 10, -1), 4, 40},
		"CHAR alone":      {sized("char", -1, -1), 4, 4},
		"VARCHAR(63)":     {sized("varchar", 63, -1), 4, 253},
		"VARCHAR(64)":     {sized("varchar", 64, -1), 4, 258},
		"VARBINARY(300)":  {sized("varbinary", 300, -1), 1, 302},
		"DECIMAL":         {sized("decimal", -1, -1), 1, 5},
		"DECIMAL(10,2)":   {sized("decimal", 10, 2), 1, 5},
		"DECIMAL(65,30)":  {sized("decimal", 65, 30), 1, 30},
		"DATETIME":        {sized("datetime", -1, -1), 1, 5},
		"DATETIME(6)":     {sized("datetime", 6, -1), 1, 8},
		"TIMESTAMP(3)":    {sized("timestamp", 3, -1), 1, 6},
		"FLOAT(24)":       {sized("float", 24, -1), 1, 4},
		"FLOAT(25)":       {sized("float", 25, -1), 1, 8},
		"FLOAT(30,2)":     {sized("float", 30, 2), 1, 4},
		"BIT(9)":          {sized("bit", 9, -1), 1, 2},
		"ENUM of 255":     {Type{Name: "enum", Members: make([]string, 255)}, 1, 1},
		"ENUM of 256":     {Type{Name: "enum", Members: make([]string, 256)}, 1, 2},
		"SET of 33":       {Type{Name: "set", Members: make([]string, 33)}, 1, 8},
		"SET of 17":       {Type{Name: "set", Members: make([]string, 17)}, 1, 3},
		"TEXT":            {sized("text", -1, -1), 4, 10},
		"JSON":            {sized("json", -1, -1), 4, 12},
		"POINT":           {sized("point", -1, -1), 1, 12},
		"UUID":            {sized("uuid", -1, -1), 1, 16},
		"unknown":         {sized("hstore", -1, -1), 1, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.typ.StorageBytes(tt.maxLen); got != tt.want {
				t.Errorf("StorageBytes(%d) = %d, want %d", tt.maxLen, got, tt.want)
			}
		})
	}
}

func TestIntegerRange(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		typ     Type
		lowest  int64
		highest uint64
	}{
		"TINYINT":         {Type{Name: "tinyint"}, -128, 127},
		"INT UNSIGNED":    {Type{Name: "int", Unsigned: true}, 0, 4294967295},
		"BIGINT":          {Type{Name: "bigint"}, -9223372036854775808, 9223372036854775807},
		"BIGINT UNSIGNED": {Type{Name: "bigint", Unsigned: true}, 0, 18446744073709551615},
		"MEDIUMINT":       {Type{Name: "mediumint"}, -8388608, 8388607},
		"DECIMAL":         {Type{Name: "decimal"}, 0, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if lowest, highest := tt.typ.IntegerRange(); lowest != tt.lowest || highest != tt.highest {
				t.Errorf("got %d to %d, want %d to %d", lowest, highest, tt.lowest, tt.highest)
			}
		})
	}
}

func TestIndexParts(t *testing.T) {
	t.Parallel()
	for engine, want := range map[string]int{"mysql 8.4": 16, "mariadb 10.11": 32} {
		if got := factsEngine(t, engine).maxIndexParts(); got != want {
			t.Errorf("%s: got %d, want %d", engine, got, want)
		}
	}
}
