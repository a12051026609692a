;;; beside.el --- rells and gopls in one buffer, with lsp-mode  -*- lexical-binding: t -*-

(load (expand-file-name "steps" (file-name-directory load-file-name)) nil t)
(package-activate-all) ; as Emacs does that starts in earnest
(require 'lsp-mode)
(require 'lsp-diagnostics)
(require 'lsp-go)

(setq lsp-session-file (expand-file-name "lsp-session" (getenv "HOME"))
      lsp-go-gopls-server-path (getenv "GOPLS")
      lsp-restart 'ignore
      lsp-enable-dap-auto-configure nil
      lsp-enable-snippet nil
      lsp-completion-provider :none
      lsp-diagnostics-provider :flymake
      lsp-auto-execute-action nil)
(rells-lsp-setup)
(add-hook 'go-mode-hook #'lsp)
(lsp-workspace-folders-add (getenv "WORKSPACE"))

(defun visit (name)
  "Open the file NAME of the workspace with both servers."
  (find-file (expand-file-name name (getenv "WORKSPACE")))
  (until "both servers serve the buffer"
         (lambda ()
           (and (= (length (lsp-workspaces)) 2)
                (cl-every (lambda (workspace) (eq (lsp--workspace-status workspace) 'initialized))
                          (lsp-workspaces))))))

(defvar lsp-references-exclude-definition) ; which lsp-mode 8 leaves out anyhow

(defun say-places (what)
  "Print WHAT and the references to what is at point."
  (let ((lsp-references-exclude-definition t))
    (lsp-find-references))
  (with-current-buffer "*xref*"
    (princ (format "%s: %s\n" what
                   (mapconcat (lambda (line) (replace-regexp-in-string "[ \t]+" " " (string-trim line)))
                              (split-string (buffer-substring-no-properties (point-min) (point-max)) "\n" t)
                              " | ")))
    (quit-window)))

(defun say-hover (what)
  "Print WHAT and how often each server tells about the thing at point."
  (save-window-excursion
    (lsp-describe-thing-at-point)
    (with-current-buffer "*lsp-help*"
      (princ (format "%s: rells %d, gopls %d\n" what
                     (how-many "joined on" (point-min)) (how-many "^field " (point-min)))))))

(visit "models/order.go")
(until "the problem is shown" (lambda () (shown "but Line has no such field")))
(princ (format "problems: %d\n" (length (problems))))

(at "Buyer ")
(say-hover "on a field")
(at ":Orders")
(say-hover "in a tag")
(lsp-find-definition)
(say "definition")
(visit "models/user.go")
(at "Orders")
(say-places "references")

(switch-to-buffer "order.go")
(at "back_populates:Order\"")
(choosing "Add Line.Order" (call-interactively #'lsp-execute-code-action))
(until "the problem is gone" (lambda () (null (problems))))
(save-some-buffers t)

(visit "main.go")
(at "println")
(beginning-of-line)
(insert "\tprintln(models.Line{}.Ordr)\n")
(until "gopls shows a problem" (lambda () (shown "Ordr")))
(at "Ordr")
(insert "e")
(until "the problem is gone" (lambda () (null (problems))))

(switch-to-buffer "user.go")
(at "Orders")
(lsp-rename "Purchases")
(switch-to-buffer "order.go")
(until "rells shows what the rename has left" (lambda () (shown "but User has no such field")))
(princ (format "problems: %d\n" (length (problems))))
(at ":Orders")
(choosing "Update the tag that names User.Orders to Purchases"
  (call-interactively #'lsp-execute-code-action))
(until "the problem is gone" (lambda () (null (problems))))
(save-some-buffers t)
(say-drawn "drawn" "Line" 1)
