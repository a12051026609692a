;;; thread.el --- A user's way through a misspelt inverse  -*- lexical-binding: t -*-

(load (expand-file-name "steps" (file-name-directory load-file-name)) nil t)
(require 'eglot)

(setq eglot-confirm-server-initiated-edits nil
      eglot-sync-connect 20
      eglot-autoshutdown nil)
(rells-eglot-setup)

(defun tell ()
  "Tell the server what was edited: the timer that does it is idle in batch."
  (dolist (buffer (buffer-list))
    (with-current-buffer buffer
      (when (eglot-managed-p)
        (eglot--signal-textDocument/didChange)))))

(defun visit (name)
  "Open the file NAME of the workspace with rells."
  (find-file (expand-file-name name (getenv "WORKSPACE")))
  (unless (eglot-managed-p)
    (apply #'eglot (eglot--guess-contact)))
  (current-buffer))

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
