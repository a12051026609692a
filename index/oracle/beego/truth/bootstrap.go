package truth

import (
	"fmt"
	"io"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/beego/beego/v2/client/orm/internal/models"
)

// asking is one world while Beego is asked about it.
type asking struct {
	world   World
	refused map[string]Fault // models that are known to be, by id
	cache   *models.ModelCache
	dropped map[string]bool // fields at fault, by Beego's name
	between map[string]bool // models that such a field was between, by pair
	answer  Answer
}

// maxFaults bounds how many faults of one world are looked for.
const maxFaults = 100

// ask registers the models and lets Beego look from one at the other. It stops at the
// first fault, in an order that changes from run to run: so each that is found is taken
// out, and it is asked again, until there is none.
func (a *asking) ask() Answer {
	a.dropped, a.between = map[string]bool{}, map[string]bool{}
	for range maxFaults {
		a.register()
		said := a.bootstrap()
		if said == "" {
			break
		}
		a.fault(said)
	}
	a.describe()
	return a.answer
}

// register registers the models in a cache of their own.
func (a *asking) register() {
	a.cache = models.NewModelCacheHandler()
	for _, h := range a.world.Handed {
		id := a.world.Path + "." + h.Name
		if _, ok := a.refused[id]; ok {
			continue
		}
		if text := a.registerOne(h); text != "" {
			a.refused[id] = Fault{Fields: []string{id}, Text: text}
		}
	}
	for _, mi := range a.cache.All() {
		for _, fi := range mi.Fields.Fields {
			if a.dropped[fi.FullName] {
				drop(mi, fi)
			}
		}
	}
}

// registerOne registers a model and returns the error or the panic that came of it.
func (a *asking) registerOne(h Handed) (text string) {
	defer func() {
		if r := recover(); r != nil {
			text = fmt.Sprint(r)
		}
	}()
	affix, prefix := h.Prefix, true
	if h.Suffix != "" {
		affix, prefix = h.Suffix, false
	}
	if err := a.cache.Register(affix, prefix, h.Value); err != nil {
		return err.Error()
	}
	return ""
}

// bootstrap returns what Beego prints, or panics with, when models look at each other.
func (a *asking) bootstrap() (said string) {
	stdout := os.Stdout
	read, write, err := os.Pipe()
	if err != nil {
		return err.Error()
	}
	defer read.Close()
	os.Stdout = write
	defer func() { os.Stdout = stdout }()
	func() {
		defer func() {
			if r := recover(); r != nil {
				fmt.Println("panic:", r)
			}
		}()
		a.cache.Bootstrap()
	}()
	write.Close()
	text, err := io.ReadAll(read)
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(text))
}

// named matches the field that Beego's words are about.
var named = regexp.MustCompile("field (?:info |for )?`([^`]+)`")

// fault notes what Beego said, and takes the field at fault out.
func (a *asking) fault(said string) {
	var wrong []*models.FieldInfo
	switch {
	case strings.Contains(said, "already registered"):
		wrong = a.sharing()
	case strings.Contains(said, "can not find m2m field"):
		wrong = a.withoutTarget()
	default:
		name := ""
		if m := named.FindStringSubmatch(said); m != nil {
			name = m[1]
		}
		for _, fi := range a.all() {
			if fi.FullName == name {
				wrong = append(wrong, fi)
			}
		}
	}
	if len(wrong) == 0 {
		panic(a.world.Path + ": no field is known to be at fault: " + said)
	}
	last := wrong[len(wrong)-1]
	a.answer.Faults = append(a.answer.Faults, Fault{Fields: ids(wrong), Text: said, Spread: a.spreads(last, said)})
	a.dropped[last.FullName] = true
	a.between[pair(last)] = true
}

// pair names the two models of a relation, whichever leads to the other.
func pair(fi *models.FieldInfo) string {
	names := []string{fi.Mi.FullName, models.GetFullName(target(fi))}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// target is the type that a relation leads to.
func target(fi *models.FieldInfo) reflect.Type {
	t := fi.AddrValue.Type().Elem()
	if fi.FieldType == models.RelManyToMany || fi.FieldType == models.RelReverseMany {
		t = t.Elem()
	}
	return t
}

// all lists the fields of all models that a program declares, those of models in the
// order of their names.
func (a *asking) all() []*models.FieldInfo {
	var list []*models.FieldInfo
	for _, h := range a.world.Handed { // of several with one table Beego lists the last
		mi, ok := a.cache.GetByFullName(a.world.Path + "." + h.Name)
		if !ok {
			continue
		}
		for _, fi := range mi.Fields.Fields {
			if fi.InModel {
				list = append(list, fi)
			}
		}
	}
	slices.SortFunc(list, func(x, y *models.FieldInfo) int {
		if by := strings.Compare(x.Mi.FullName, y.Mi.FullName); by != 0 {
			return by
		}
		return slices.Compare(x.FieldIndex, y.FieldIndex)
	})
	return list
}

// sharing lists the fields whose join table is that of another: of those that say no
// model between the sides, the one that Beego has just tried to give its table, and all
// that say or make the same.
func (a *asking) sharing() []*models.FieldInfo {
	table := ""
	made := func(fi *models.FieldInfo) string {
		if fi.RelTable != "" || fi.RelModelInfo == nil {
			return fi.RelTable
		}
		return fi.Mi.Table + "_" + fi.RelModelInfo.Table + "s"
	}
	for _, fi := range a.all() {
		if fi.FieldType == models.RelManyToMany && fi.RelThrough == "" && fi.RelModelInfo != nil && fi.RelThroughModelInfo == nil {
			table = made(fi)
		}
	}
	var list []*models.FieldInfo
	for _, fi := range a.all() {
		if fi.FieldType != models.RelManyToMany || fi.RelThrough != "" {
			continue
		}
		if fi.RelModelInfo == nil {
			fi.RelModelInfo, _ = a.cache.GetByFullName(models.GetFullName(target(fi)))
		}
		if made(fi) == table {
			list = append(list, fi)
		}
	}
	return list
}

// withoutTarget is the first many-to-many whose model between the sides does not lead to
// the target, by itself.
func (a *asking) withoutTarget() []*models.FieldInfo {
	for _, fi := range a.all() {
		if fi.FieldType == models.RelManyToMany && !leads(fi.RelThroughModelInfo, fi.RelModelInfo) {
			return []*models.FieldInfo{fi}
		}
	}
	return nil
}

// leads reports whether a model holds a key to another.
func leads(mi, to *models.ModelInfo) bool {
	return slices.ContainsFunc(mi.Fields.FieldsRel, func(fi *models.FieldInfo) bool {
		return fi.FieldType != models.RelManyToMany && fi.RelModelInfo == to
	})
}

// spreads reports whether a fault comes of another: the target, or the model between the
// sides, is refused, or a field that leads back has been taken out.
func (a *asking) spreads(fi *models.FieldInfo, said string) bool {
	id := models.GetFullName(target(fi))
	if _, refused := a.refused[id]; refused {
		return true
	}
	if _, refused := a.refused[fi.RelThrough]; refused && strings.Contains(said, "rel_through") {
		return true
	}
	through, _ := a.cache.GetByFullName(fi.RelThrough)
	for name := range a.dropped {
		if fi.Reverse && strings.HasPrefix(name, id+".") || through != nil && strings.HasPrefix(name, through.FullName+".") {
			return true
		}
	}
	return false
}

// drop takes a field out of its model.
func drop(mi *models.ModelInfo, fi *models.FieldInfo) {
	f := mi.Fields
	is := func(other *models.FieldInfo) bool { return other == fi }
	delete(f.Columns, fi.Column)
	delete(f.Fields, fi.Name)
	f.FieldsByType[fi.FieldType] = slices.DeleteFunc(f.FieldsByType[fi.FieldType], is)
	f.FieldsRel = slices.DeleteFunc(f.FieldsRel, is)
	f.FieldsReverse = slices.DeleteFunc(f.FieldsReverse, is)
	f.FieldsDB = slices.DeleteFunc(f.FieldsDB, is)
}
