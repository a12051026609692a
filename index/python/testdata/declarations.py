"""Prints, as Python itself reads them, the declarations of the files that are given."""
import ast
import json
import sys


def declarations(source):
    tree = ast.parse(source)
    starts = [0]
    for line in source.split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    out = []

    def at(line, column):
        return starts[line - 1] + column

    def text(value):
        return json.dumps(value) if value.isascii() else "~"

    def told(node):
        """What rells tells of a value, which is nothing of operators and numbers."""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return text(node.value)
        if isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, bool)):
            return str(node.value)
        if isinstance(node, ast.Name):
            return node.id
        if isinstance(node, ast.Attribute):
            return told(node.value) + "." + node.attr
        if isinstance(node, ast.Subscript):
            return told(node.value) + "[]"
        if isinstance(node, ast.Starred):
            return "*"
        if isinstance(node, ast.Call):
            args = [(a.lineno, a.col_offset, told(a)) for a in node.args]
            for k in node.keywords:
                args.append((k.value.lineno, k.value.col_offset, k.arg + "=" + told(k.value) if k.arg else "*"))
            return "%s(%s)" % (told(node.func), ", ".join(a[2] for a in sorted(args)))
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            return "[%s]" % ", ".join(map(told, node.elts))
        if isinstance(node, ast.Dict):
            parts = []
            for k, v in zip(node.keys, node.values):
                named = isinstance(k, ast.Constant) and isinstance(k.value, str) and k.value
                parts.append("*" if k is None else text(k.value) + ": " + told(v) if named else told(v))
            return "{%s}" % ", ".join(parts)
        if isinstance(node, ast.Lambda):
            return "lambda: " + told(node.body)
        return "?"

    def target(node, where, value):
        if isinstance(node, (ast.Tuple, ast.List)):
            for e in node.elts:
                target(e, where, "?")
        elif isinstance(node, ast.Name):
            out.append("target %s.%s %d" % (where, node.id, at(node.lineno, node.col_offset)))
            if value:
                out.append("value %s.%s %s" % (where, node.id, value))

    def visit(body, where):
        for node in body:
            if isinstance(node, ast.ClassDef):
                name = where + "." + node.name
                out.append("class %s %d" % (name, node.lineno))
                for base in node.bases:
                    if not isinstance(base, ast.Starred):
                        out.append("base %s %d %d" % (name, at(base.lineno, base.col_offset), at(base.end_lineno, base.end_col_offset)))
                visit(node.body, name)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                if where:
                    out.append("method %s.%s %d" % (where, node.name, node.lineno))
            elif isinstance(node, ast.Assign):
                for t in node.targets:
                    target(t, where, told(node.value))
            elif isinstance(node, ast.AnnAssign):
                if node.value or where:
                    target(node.target, where, node.value and told(node.value))
            elif isinstance(node, ast.Import):
                for a in node.names:
                    out.append("import %s %s" % (a.name, a.asname or ""))
            elif isinstance(node, ast.ImportFrom):
                for a in node.names:
                    out.append("from %s%s %s %s" % ("." * node.level, node.module or "", a.name, a.asname or ""))
            else:
                for field in ("body", "orelse", "handlers", "finalbody", "cases"):
                    inner = getattr(node, field, [])
                    if isinstance(inner, list):
                        visit(inner, where)

    visit(tree.body, "")
    return sorted(out)


for path in sys.argv[1:]:
    with open(path, "rb") as f:
        source = f.read()
    try:
        found = declarations(source)
    except (SyntaxError, ValueError, RecursionError):
        continue
    print(json.dumps({"path": path, "declarations": found}))
