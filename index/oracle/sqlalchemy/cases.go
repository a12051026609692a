package oracle

import "strings"

// handWrittenCase is a row, and the bodies of two classes, or what else there is beside
// them, that stand for it. from is the first version that says so; "" for all.
type handWrittenCase struct{ row, from, a, b, rest string }

// byHand are models with one mistake each: SQLAlchemy must say what the row stands for, and
// rells must have just one problem, of the rule of the row.
var byHand = []handWrittenCase{
	{row: "sa1", from: "2.1", a: "bs: Mapped[List['B']] = relationship(default=(), init=False)", rest: "dataclass"},
	{row: "sa25", from: "2.0", a: "bs: Mapped[List['B']] = relationship(default_factory=set)", rest: "dataclass instances"},
	{row: "sa32", from: "2.1", a: "bs: Mapped[List['B']] = relationship(default=None)", rest: "dataclass"},
	{row: "sa2", a: "bs = relationship('B', viewonly=True, sync_backref=True)"},
	{row: "sa3", from: "2.0", a: "bs: Mapped[List['B']] = relationship(cascade_backrefs=True)", rest: "modern"},
	{row: "sa4", a: "bs = relationship('B', omit_join=True)"},
	{row: "sa5", a: "bs = relationship('B', backref='a', back_populates='a')"},
	{row: "sa6", a: "bs = relationship('B', viewonly=True, passive_updates=False)"},
	{row: "sa18", a: "bs = relationship('B', viewonly=True)", b: "a = relationship('A', back_populates='bs', sync_backref=True)"},
	{row: "sa19", a: "bs = relationship('B', back_populates='n')"},
	{row: "sa20", a: "bs = relationship('B', back_populates='c')", b: "c_id = Column(ForeignKey('c.id'))\n    c = relationship('C')"},
	{row: "sa21", a: "one = relationship('A', back_populates='two')\n    two = relationship('A', back_populates='one')"},
	{row: "sa21", a: "one = relationship('A', backref='two')"},
	{row: "sa22", a: "bs = relationship('B', secondary='C')"},
	{row: "sa22", a: "bs = relationship('B', secondary=lambda: C)"},
	{row: "sa23", from: "2.0", a: "bs: Mapped[Sequence['B']] = relationship()", rest: "modern"},
	{row: "sa23", from: "2.0", a: "bs: Mapped[Collection['B']] = relationship()", rest: "modern"},
	{row: "sa24", from: "2.0", a: "bs: Mapped[List] = relationship()", rest: "modern"},
	{row: "sa24", from: "2.0", a: "bs: Mapped[list] = relationship()", rest: "modern"},
	{row: "sa26", a: "bs = relationship('b')"},
	{row: "sa26", a: "bs = relationship('B.n')"},
	{row: "sa26", a: "bs = relationship(lambda: 'B')"},
	{row: "sa26", a: "bs = relationship(5)"},
	{row: "sa26", a: "bs = relationship(ab)"},
	{row: "sa27", b: "a = relationship('A', cascade='all, delete-orphan')"},
	{row: "sa27", a: "bs = relationship('B', backref=backref('a', cascade='all,delete-orphan'))"},
	{row: "sa28", a: "bs = relationship('B', cascade='all', passive_deletes='all')"},
	{row: "sa29", a: "bs = relationship('B', backref='n')"},
	{row: "sa30", a: "bs = relationship('B', backref=backref('a', secondaryjoin='A.id == B.a_id'))"},
	{row: "sa31", a: "bs = relationship('B', back_populates=1)"},
	{row: "sa31", a: "bs = relationship('B', back_populates=['a'])"},
	{row: "sa33", a: "bs = relationship('B', secondaryjoin='A.id == B.a_id')"},
	{row: "sa34", a: "cs = relationship('C', secondary='ab')"},
	{row: "sa35", a: "cs = relationship('C')"},
	{row: "sa35", a: "bs = relationship('B', foreign_keys='B.n')"},
	{row: "sa36", a: "others = relationship('A', secondary='aa')"},
	{row: "sa36", a: "others = relationship('A', secondary='aa', primaryjoin='A.id == aa.c.l')"},
	{row: "sa37", a: "ds = relationship('D')"},
	{row: "sa37", a: "ds = relationship('D', foreign_keys='[D.one, D.two]')"},
	{row: "sa38", a: "up = relationship('A', remote_side=[id], _local_remote_pairs=[(up_id, id)])"},
	{row: "sa40", b: "a = relationship('A', remote_side=[n])"},
	{row: "sa40", a: "up = relationship('A', remote_side=[id, up_id])"},
	{row: "sa40", b: "a = relationship('A', primaryjoin='remote(A.id) == remote(B.a_id)')"},
	{row: "sa41", a: "bs = relationship('B', remote_side=[id])"},
	{row: "sa41", b: "a = relationship('A', primaryjoin='A.id == remote(B.a_id)')"},
	{row: "sa42", a: "bs = relationship('B', primaryjoin='A.id > foreign(B.n)')"},
	{row: "sa42", a: "bs = relationship('B', primaryjoin='A.id == foreign(C.id)')"},
	{row: "sa43", a: "bs = relationship('B', primaryjoin='A.id == B.n')"},
	{row: "sa43", a: "bs = relationship('B', primaryjoin='A.id == B.a_id', foreign_keys='B.n')"},
	{row: "sa43", a: "bs = relationship('B', secondary=ab, primaryjoin='A.id == B.n', secondaryjoin='B.id == ab.c.r')"},
	{row: "sa43", a: "bs = relationship('B', secondary=ab, secondaryjoin='A.id == B.n')"},
	{row: "sa44", a: "bs = relationship('B', primaryjoin='and_(A.id == foreign(B.a_id), foreign(A.up_id) == B.n)')"},
	{row: "sa44", a: "up = relationship('A', foreign_keys='[A.id, A.up_id]', remote_side='A.id')"},
	{row: "sa45", a: "bs = relationship('B', primaryjoin='A.id == foreign(C.id)', viewonly=True)"},
	{row: "sa46", a: "bs = relationship('B')", b: "a = relationship('A')"},
	{row: "sa46", a: "bs = relationship('B', secondary='ab')", b: "as_ = relationship('A', secondary='ab')"},
	{row: "sa47", a: "twins = relationship('Twin')", rest: "twins"},
	{row: "sa48", from: "2.0", a: "bs = relationship('List[B]')"},
	{row: "sa48", from: "2.0", a: "bs: Mapped['List[B]'] = relationship()", rest: "modern"},
	{row: "sa49", a: "bs = relationship('Bb')"},
	{row: "sa49", a: "bs = relationship('nowhere.Bb')"},
	{row: "sa49", a: "bs = relationship(lambda: B, secondary='nothing')"},
	{row: "sa49", a: "bs = relationship('B', primaryjoin='A.id == Bb.a_id')"},
	{row: "sa50", a: "bs = relationship('B', back_populates='athor')"},
	{row: "sa52", rest: "mixed: one = relationship('A')"},
	{row: "sa52", rest: "mixed: one = column_property(Column(Integer))"},
	{row: "sa53", rest: "mixed: one = Column(Integer)\n    two = Column(ForeignKey(one))"},
}

// handWritten writes the models of a case.
func handWritten(a, b, rest string) map[string]string {
	pass := func(line string) string {
		if line == "" {
			return "pass"
		}
		return line
	}
	base, base2, id, mixin := "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n", "", "id = Column(Integer, primary_key=True)", ""
	imports := "from typing import Collection, List, Sequence\nfrom sqlalchemy import Column, ForeignKey, Integer, Table\nfrom sqlalchemy.orm import backref, column_property, foreign, relationship, remote\n"
	key, n, up := "a_id = Column(ForeignKey('a.id'))", "n = Column(Integer)", "up_id = Column(ForeignKey('a.id'))"
	word, line, _ := strings.Cut(rest, " ")
	switch word {
	case "dataclass", "modern":
		root := "class Base(DeclarativeBase):\n    pass\n"
		init := ""
		if word == "dataclass" {
			root, init = "class Base(MappedAsDataclass, DeclarativeBase):\n    pass\n", ", init=False"
		}
		base = "from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass\n" + root
		imports += "from sqlalchemy.orm import Mapped, mapped_column\n"
		id = "id: Mapped[int] = mapped_column(primary_key=True" + init + ")"
		key, n, up = "a_id: Mapped[int] = mapped_column(ForeignKey('a.id')"+init+")", "n: Mapped[int] = mapped_column("+strings.TrimPrefix(init, ", ")+")", "up_id: Mapped[int] = mapped_column(ForeignKey('a.id')"+init+")"
		if line == "instances" {
			base += "instances = True\n"
		}
	case "twins":
		base2 = imports + "from .base import Base\nclass Twin(Base):\n    __tablename__ = 'twin'\n    " + id + "\n"
	case "mixed:":
		mixin = "class Mixed:\n    " + line + "\nclass M(Mixed, Base):\n    __tablename__ = 'm'\n    " + id + "\n    a_id = Column(ForeignKey('a.id'))\n"
	}
	files := map[string]string{"__init__.py": "", "base.py": base}
	models := imports + "from .base import Base\n" +
		"ab = Table('ab', Base.metadata, Column('l', ForeignKey('a.id')), Column('r', ForeignKey('b.id')))\n" +
		"aa = Table('aa', Base.metadata, Column('l', ForeignKey('a.id')), Column('r', ForeignKey('a.id')))\n" +
		"class A(Base):\n    __tablename__ = 'a'\n    " + id + "\n    " + up + "\n    " + pass(a) + "\n" +
		"class B(Base):\n    __tablename__ = 'b'\n    " + id + "\n    " + n + "\n    " + key + "\n    " + pass(b) + "\n" +
		"class C(Base):\n    __tablename__ = 'c'\n    " + id + "\n"
	if word != "dataclass" && word != "modern" {
		models += "class D(Base):\n    __tablename__ = 'd'\n    " + id + "\n    one = Column(ForeignKey('a.id'))\n    two = Column(ForeignKey('a.id'))\n"
	}
	if base2 != "" {
		files["more.py"] = base2
		models += "class Twin(Base):\n    __tablename__ = 'twin2'\n    " + id + "\n"
	}
	files["models.py"] = models + mixin
	return files
}
