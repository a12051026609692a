package main

import (
	"database/sql"
	"database/sql/driver"

	gofrs "github.com/gofrs/uuid"
	gofrs5 "github.com/gofrs/uuid/v5"
	google "github.com/google/uuid"
	null4 "github.com/guregu/null"
	null5 "github.com/guregu/null/v5"
	_ "github.com/jinzhu/gorm" // for its Model
	"github.com/lib/pq"
	ulid "github.com/oklog/ulid/v2"
	"github.com/rs/xid"
	satori "github.com/satori/go.uuid"
	"github.com/shopspring/decimal"
	"gorm.io/datatypes"
	"gorm.io/gorm"
)

// wanted are the packages of the table, and which of their types; nil for every
// exported one. Of the standard library those that fields of models have been
// seen to use; of modules those that many models embed or hold.
var wanted = map[string][]string{
	"bytes":               {"Buffer", "Reader"},
	"context":             {"Context", "CancelFunc"},
	"crypto/ecdsa":        {"PrivateKey", "PublicKey"},
	"crypto/ed25519":      {"PrivateKey", "PublicKey"},
	"crypto/rsa":          {"PrivateKey", "PublicKey"},
	"crypto/tls":          {"Certificate", "Config"},
	"crypto/x509":         {"Certificate", "CertPool"},
	"database/sql":        nil,
	"database/sql/driver": nil,
	"encoding":            nil,
	"encoding/json":       nil,
	"encoding/xml":        {"Name", "Attr"},
	"errors":              nil,
	"fmt":                 nil,
	"html/template":       nil,
	"image/color":         nil,
	"io":                  nil,
	"io/fs":               nil,
	"log":                 nil,
	"log/slog":            {"Attr", "Handler", "Level", "LevelVar", "Logger", "Value"},
	"math/big":            nil,
	"mime/multipart":      {"File", "FileHeader", "Form"},
	"net":                 {"Addr", "Conn", "HardwareAddr", "IP", "IPAddr", "IPMask", "IPNet", "TCPAddr", "UDPAddr"},
	"net/http":            {"Client", "Cookie", "Handler", "Header", "Request", "Response", "ResponseWriter", "SameSite", "Server", "Transport"},
	"net/mail":            {"Address", "Header"},
	"net/netip":           nil,
	"net/url":             nil,
	"os":                  {"File", "FileInfo", "FileMode"},
	"reflect":             {"Kind", "StructTag", "Type", "Value"},
	"regexp":              {"Regexp"},
	"strings":             {"Builder", "Reader"},
	"sync":                nil,
	"sync/atomic":         nil,
	"text/template":       nil,
	"time":                nil,

	"github.com/gofrs/uuid":         {"UUID", "NullUUID"},
	"github.com/gofrs/uuid/v5":      {"UUID", "NullUUID"},
	"github.com/google/uuid":        {"UUID", "UUIDs", "NullUUID"},
	"github.com/guregu/null":        nil,
	"github.com/guregu/null/v5":     nil,
	"github.com/jinzhu/gorm":        {"Model"},
	"github.com/lib/pq":             {"BoolArray", "ByteaArray", "Float32Array", "Float64Array", "GenericArray", "Int32Array", "Int64Array", "NullTime", "StringArray"},
	"github.com/oklog/ulid/v2":      {"ULID"},
	"github.com/rs/xid":             {"ID"},
	"github.com/satori/go.uuid":     {"UUID", "NullUUID"},
	"github.com/shopspring/decimal": {"Decimal", "NullDecimal"},
	"gorm.io/datatypes":             nil,
	"gorm.io/gorm":                  {"Model", "DeletedAt"},
}

// valuers hold a value of each of the types above that turn into a column by
// themselves. A type that is missing here stops the generator.
var valuers = []driver.Valuer{
	sql.Null[int]{}, sql.NullBool{}, sql.NullByte{}, sql.NullFloat64{}, sql.NullInt16{}, sql.NullInt32{},
	sql.NullInt64{}, sql.NullString{}, sql.NullTime{},
	gofrs.UUID{}, gofrs.NullUUID{}, gofrs5.UUID{}, gofrs5.NullUUID{}, google.UUID{}, google.NullUUID{},
	satori.UUID{}, satori.NullUUID{},
	null4.Bool{}, null4.Float{}, null4.Int{}, null4.String{}, null4.Time{},
	null5.Bool{}, null5.Float{}, null5.Int{}, null5.String{}, null5.Time{},
	pq.BoolArray{}, pq.ByteaArray{}, pq.Float32Array{}, pq.Float64Array{}, pq.GenericArray{}, pq.Int32Array{},
	pq.Int64Array{}, pq.NullTime{}, pq.StringArray{},
	ulid.ULID{}, xid.ID{}, decimal.Decimal{}, decimal.NullDecimal{},
	datatypes.JSON{}, datatypes.Null[int]{}, datatypes.JSONMap{}, datatypes.Date{}, datatypes.Time(0), datatypes.URL{}, datatypes.UUID{},
	datatypes.BinUUID{}, datatypes.JSONType[int]{}, datatypes.JSONSlice[int]{},
	gorm.DeletedAt{},
}
