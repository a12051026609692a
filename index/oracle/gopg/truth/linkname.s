// A file of assembly lets fresh.go declare a function without a body.
