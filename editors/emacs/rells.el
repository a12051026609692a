;;; rells.el --- Relations between ORM models in Go  -*- lexical-binding: t -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1") (eglot "1.9"))
;; Keywords: languages, tools
;; URL: https://github.com/rells-dev/rells

;;; Commentary:

;; rells is a language server for relation declarations in ORM models.  This file
;; makes eglot start it for Go buffers:
;;
;;   (require 'rells)
;;   (rells-eglot-setup)
;;
;; eglot talks to one server for a buffer, so rells takes the place of gopls there.

;;; Code:

(require 'eglot)

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
  (add-to-list 'eglot-server-programs
               (cons rells-modes (lambda (&rest _) rells-command))))

(provide 'rells)
;;; rells.el ends here
