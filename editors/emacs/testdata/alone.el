;;; alone.el --- What the scenarios with eglot have in common  -*- lexical-binding: t -*-

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
