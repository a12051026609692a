;;; rells.el --- Relations between ORM models  -*- lexical-binding: t -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, tools
;; URL: https://github.com/rells-dev/rells

;;; Commentary:

;; rells is a language server for relation declarations in ORM models.  This file
;; makes a client of language servers start it for buffers of Go and Python.  lsp-mode
;; runs it beside the language's own server, gopls say:
;;
;;   (require 'rells)
;;   (rells-lsp-setup)
;;
;; eglot talks to one server for a buffer, so rells takes its place there:
;;
;;   (require 'rells)
;;   (rells-eglot-setup)

;;; Code:

(require 'browse-url)
(require 'seq)

(defvar eglot-server-programs)
(defvar lsp--cur-workspace)
(declare-function eglot-current-server "eglot")
(declare-function jsonrpc-request "jsonrpc")
(declare-function lsp--workspace-server-id "lsp-mode")
(declare-function lsp-request "lsp-mode")
(declare-function lsp-workspaces "lsp-mode")
(declare-function lsp-register-client "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(declare-function make-lsp-client "lsp-mode")

(defgroup rells nil
  "Relations between ORM models."
  :group 'tools
  :prefix "rells-")

(defcustom rells-command '("rells")
  "Command line that starts rells as a language server."
  :type '(repeat string))

(defcustom rells-modes '(go-mode go-ts-mode python-mode python-ts-mode)
  "Major modes whose buffers rells serves."
  :type '(repeat symbol))

;;;###autoload
(defun rells-eglot-setup ()
  "Make eglot start rells for the modes in `rells-modes'."
  (require 'eglot)
  (add-to-list 'eglot-server-programs
               (cons rells-modes (lambda (&rest _) rells-command))))

;;;###autoload
(defun rells-lsp-setup ()
  "Make lsp-mode start rells for the modes in `rells-modes', beside another."
  (require 'lsp-mode)
  (lsp-register-client
   (make-lsp-client :new-connection (lsp-stdio-connection (lambda () rells-command))
                    :major-modes rells-modes
                    :server-id 'rells
                    :add-on? t)))

(defun rells--ask (method params)
  "Ask the server of the current buffer METHOD with PARAMS.
Return its answer as a plist."
  (cond
   ((bound-and-true-p eglot--managed-mode)
    (jsonrpc-request (eglot-current-server) (intern (concat ":" method)) params))
   ((bound-and-true-p lsp-mode)
    (let ((workspace (seq-find (lambda (w) (eq (lsp--workspace-server-id w) 'rells))
                               (lsp-workspaces))))
      (unless workspace
        (user-error "The server rells does not run for this buffer"))
      (let ((lsp--cur-workspace workspace))
        (rells--plist (lsp-request method params)))))
   (t (user-error "The server rells does not run for this buffer"))))

(defun rells--plist (answer)
  "Return ANSWER, a hash table or a plist as lsp-mode was built for, as a plist."
  (if (hash-table-p answer)
      (let (plist)
        (maphash (lambda (key value)
                   (setq plist (plist-put plist (intern (concat ":" key)) value)))
                 answer)
        plist)
    answer))

;;;###autoload
(defun rells-graph (&optional model depth)
  "Draw the models of the workspace, and show them in the browser.
With MODEL only that one and what is at most DEPTH relations away
from it.  Interactively a prefix argument is the depth, and has
the model asked for."
  (interactive (when current-prefix-arg
                 (list (read-string "Model: " nil nil (thing-at-point 'symbol))
                       (prefix-numeric-value current-prefix-arg))))
  (let* ((params (if model
                     (list :format "html" :focus model :depth (or depth 1))
                   (list :format "html")))
         (page (plist-get (rells--ask "rells/graph" params) :text))
         (file (make-temp-file "rells-" nil ".html" page)))
    (browse-url-of-file file)
    file))

;;;###autoload
(defun rells-summary ()
  "Say how many models, relations and problems there are."
  (interactive)
  (let ((counts (rells--ask "rells/summary" nil)))
    (message "rells: %d models, %d relations, %d errors, %d warnings, %d hints"
             (plist-get counts :models) (plist-get counts :relations)
             (plist-get counts :errors) (plist-get counts :warnings)
             (plist-get counts :hints))))

(provide 'rells)
;;; rells.el ends here
