;;; thread.el --- A user's way through a misspelt inverse  -*- lexical-binding: t -*-

(load (expand-file-name "alone" (file-name-directory load-file-name)) nil t)

(visit "author.go")
(until "the problem is shown" (lambda () (shown "but Book has no such field")))
(say "problem")

(goto-char (point-min))
(search-forward "Athor")
(delete-char -4)
(tell)
(completion-at-point)
(say "completed")
(tell)

(until "the other side says nothing back" (lambda () (shown "does not name it back")))
(search-backward "Author")
(let ((xref-prompt-for-identifier nil))
  (call-interactively #'xref-find-definitions))
(say "jumped")

(switch-to-buffer "author.go")
(choosing "Add back_populates to Book.Author"
  (eglot-code-actions (point) (1+ (point)) "quickfix" t))
(tell)
(until "the problem is gone" (lambda () (null (problems))))
(save-some-buffers t)
(say "fixed")
(say-drawn "drawn")
(say-drawn "drawn alone" "Book" 0)

(princ (concat (rells-summary) "\n"))
