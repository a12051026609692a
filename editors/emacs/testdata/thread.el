;;; thread.el --- A user's way through a misspelt inverse  -*- lexical-binding: t -*-

;; Run in batch by the Go test beside this folder, with the folder of the workspace
;; and the command of rells in the environment.  What the editor shows is printed,
;; a line for each step; the test reads those lines and the files.

(require 'cl-lib)
(require 'eglot)
(require 'rells)

(setq eglot-confirm-server-initiated-edits nil
      eglot-sync-connect 20
      eglot-autoshutdown nil
      make-backup-files nil
      create-lockfiles nil
      rells-command (list (getenv "RELLS") "serve"))

(define-derived-mode go-mode prog-mode "Go")
(add-to-list 'auto-mode-alist '("\\.go\\'" . go-mode))
(rells-eglot-setup)

(defun until (what seen)
  "Wait until SEEN returns non-nil, and say WHAT was not seen if it never does."
  (let ((end (+ (float-time) 20)) value)
    (while (not (or (setq value (funcall seen)) (> (float-time) end)))
      (accept-process-output nil 0.05))
    (unless value
      (message "never: %s; problems %S" what (problems))
      (kill-emacs 1))
    value))

(defun tell ()
  "Tell the server what was edited: the timer that does it is idle in batch."
  (dolist (buffer (buffer-list))
    (with-current-buffer buffer
      (when (eglot-managed-p)
        (eglot--signal-textDocument/didChange)))))

(defun problems ()
  "The texts of the problems that the current buffer shows."
  (flymake-start)
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun shown (text)
  "Whether one of the problems of the current buffer holds TEXT."
  (cl-some (lambda (problem) (string-match-p (regexp-quote text) problem)) (problems)))

(defun say (what)
  "Print WHAT and the line at point."
  (princ (format "%s: %s: %s\n" what (buffer-name) (string-trim (thing-at-point 'line t)))))

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
(let ((last-nonmenu-event ?\r)) ; a key has asked for the menu, and no mouse
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_prompt collection &rest _)
               (car (all-completions "Add back_populates to Book.Author" collection)))))
    (eglot-code-actions (point) (1+ (point)) "quickfix" t)))
(tell)
(until "the problem is gone" (lambda () (null (problems))))
(save-some-buffers t)
(say "fixed")
