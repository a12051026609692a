;;; rells.el --- Relations between ORM models in Go  -*- lexical-binding: t -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, tools
;; URL: https://github.com/rells-dev/rells

;;; Commentary:

;; rells is a language server for relation declarations in ORM models.  This file
;; makes a client of language servers start it for Go buffers.  lsp-mode runs it beside
;; gopls:
;;
;;   (require 'rells)
;;   (rells-lsp-setup)
;;
;; eglot talks to one server for a buffer, so rells takes the place of gopls there:
;;
;;   (require 'rells)
;;   (rells-eglot-setup)

;;; Code:

(defvar eglot-server-programs)
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

(defcustom rells-modes '(go-mode go-ts-mode)
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
  "Make lsp-mode start rells for the modes in `rells-modes', beside gopls."
  (require 'lsp-mode)
  (lsp-register-client
   (make-lsp-client :new-connection (lsp-stdio-connection (lambda () rells-command))
                    :major-modes rells-modes
                    :server-id 'rells
                    :add-on? t)))

(provide 'rells)
;;; rells.el ends here
