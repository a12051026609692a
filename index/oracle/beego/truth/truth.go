// Package truth asks the real Beego how it reads models.
package truth

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
)

// World is models that one program registers, in their order.
type World struct {
	Path   string // import path of their package
	Handed []Handed
}

// NewWorld is a world of models in one package. Each is handed as the name of the struct,
// the value, the word Prefix or Suffix, and the text that Beego puts there.
func NewWorld(path string, handed [][4]any) World {
	w := World{Path: path}
	for _, h := range handed {
		model := Handed{Name: h[0].(string), Value: h[1]}
		if h[2] == "Suffix" {
			model.Suffix = h[3].(string)
		} else {
			model.Prefix = h[3].(string)
		}
		w.Handed = append(w.Handed, model)
	}
	return w
}

// Handed is a model as it is handed to RegisterModel.
type Handed struct {
	Name           string // of the struct
	Value          any
	Prefix, Suffix string
}

// Model is what Beego makes of one model.
type Model struct {
	ID, Table string
	Refused   *Fault // registering it ends the program, panics or fails
	Relations []Relation
}

// Relation is one relation as Beego resolves it, in the words of rells' output.
type Relation struct {
	ID, Target, Kind, Inverse string
	Key, References           string // of a foreign key: field ids, or model and column
	JoinTable                 string
	OwnKey, TargetKey         string // of a join table: "column = field id"
}

// Fault is what Beego refuses, or gives up on. Fields are the ids of those of which one
// is wrong; of a model as a whole, its id alone.
type Fault struct {
	Fields []string
	Text   string
	Spread bool // it comes of another fault
}

// Answer is what Beego makes of all worlds.
type Answer struct {
	Models []Model
	Faults []Fault // that show when models look at each other
}

// Print asks Beego about every world and writes the answer as JSON. Beego ends the program
// at the first field that it cannot take: so the work is done by this program, run again
// as a child, as often as there are such models.
func Print(w io.Writer, worlds ...World) error {
	if len(os.Args) > 1 && os.Args[1] == childArgument {
		return child(worlds)
	}
	var answer Answer
	refused := map[string]Fault{}
	for from := 0; from < len(worlds); {
		done, err := runChild(&job{From: from, Refused: refused}, &answer, worlds)
		if err != nil {
			return err
		}
		from += done
	}
	return json.NewEncoder(w).Encode(answer)
}

const childArgument = "-child"

// job is what a child is to do: the worlds from one on, without the models that Beego
// is known to refuse.
type job struct {
	From    int
	Refused map[string]Fault // by id
}

// exits matches the last words of Beego before it ends the program.
var exits = regexp.MustCompile(`(?m)^field: (\w+)\.(\w+)\.(\w+), (.*)$`)

// runChild lets a child do its job and takes in what it says, up to where Beego ended it;
// done is how many worlds it has finished.
func runChild(j *job, answer *Answer, worlds []World) (done int, err error) {
	input, err := json.Marshal(j)
	if err != nil {
		return 0, err
	}
	said, err := os.CreateTemp("", "beego-truth-")
	if err != nil {
		return 0, err
	}
	defer os.Remove(said.Name())
	defer said.Close()
	cmd := exec.Command(os.Args[0], childArgument, string(input))
	cmd.ExtraFiles = []*os.File{said}
	var panicked bytes.Buffer
	cmd.Stderr = &panicked
	printed, failure := cmd.Output()
	if _, err := said.Seek(0, io.SeekStart); err != nil {
		return 0, err
	}
	for decoder := json.NewDecoder(said); ; done++ {
		var a Answer
		if err := decoder.Decode(&a); err != nil {
			break
		}
		answer.Models = append(answer.Models, a.Models...)
		answer.Faults = append(answer.Faults, a.Faults...)
	}
	if failure == nil {
		return done, nil
	}
	m := exits.FindStringSubmatch(string(printed))
	if m == nil || j.From+done >= len(worlds) {
		return done, fmt.Errorf("%v: %s%s", failure, printed, panicked.Bytes())
	}
	id := worlds[j.From+done].Path + "." + m[2]
	if _, again := j.Refused[id]; again {
		return done, fmt.Errorf("%s is refused twice: %s", id, printed)
	}
	j.Refused[id] = Fault{Fields: []string{id + "." + m[3]}, Text: m[4]}
	return done, nil
}

// child does a job and writes an answer for each world to its third file.
func child(worlds []World) error {
	var j job
	if err := json.Unmarshal([]byte(os.Args[2]), &j); err != nil {
		return err
	}
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	os.Stderr = null // stacks that Beego prints
	encoder := json.NewEncoder(os.NewFile(3, "answer"))
	for _, w := range worlds[j.From:] {
		asked := asking{world: w, refused: j.Refused}
		if err := encoder.Encode(asked.ask()); err != nil {
			return err
		}
	}
	return nil
}
