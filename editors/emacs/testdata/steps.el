;;; steps.el --- What the scenarios have in common  -*- lexical-binding: t -*-

;; A scenario runs in batch, with the folder of the workspace and the command of rells
;; in the environment.  What the editor shows is printed, a line for each step; the Go
;; test reads those lines and the files.

(require 'cl-lib)
(require 'flymake)
(require 'rells)

(setq make-backup-files nil
      create-lockfiles nil
      rells-command (list (getenv "RELLS") "serve"))

(define-derived-mode go-mode prog-mode "Go")
(add-to-list 'auto-mode-alist '("\\.go\\'" . go-mode))

(defun until (what seen)
  "Wait until SEEN returns non-nil, and say WHAT was not seen if it never does."
  (let ((end (+ (float-time) 60)) value)
    (while (not (or (setq value (funcall seen)) (> (float-time) end)))
      (accept-process-output nil 0.05))
    (unless value
      (message "never: %s; problems %S" what (problems))
      (kill-emacs 1))
    value))

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

(defun at (text)
  "Go to the first TEXT of the buffer, inside of it."
  (goto-char (point-min))
  (let ((case-fold-search nil))
    (search-forward text))
  (backward-char))

(defmacro choosing (text &rest body)
  "Do BODY, in which the first choice that holds TEXT is made, and every question affirmed."
  (declare (indent 1))
  `(let ((last-nonmenu-event ?\r)) ; a key has asked for the menu, and no mouse
     (cl-letf (((symbol-function 'completing-read)
                (lambda (_prompt collection &rest _)
                  (cl-find-if (lambda (choice) (string-match-p (regexp-quote ,text) choice))
                              (all-completions "" collection))))
               ((symbol-function 'y-or-n-p) #'always))
       ,@body)))

(defun say-drawn (what &rest arguments)
  "Print WHAT and the models of the page that `rells-graph' opens with ARGUMENTS."
  (let* (opened
         (browse-url-browser-function (lambda (url &rest _) (setq opened url)))
         (file (apply #'rells-graph arguments))
         models)
    (with-temp-buffer
      (insert-file-contents file)
      (while (re-search-forward "\"id\":\"[^\"]*\\.\\([A-Za-z]+\\)\"" nil t)
        (push (match-string 1) models)))
    (delete-file file)
    (princ (format "%s: %s, opened: %s\n" what (nreverse models)
                   (string-suffix-p (file-name-nondirectory file) opened)))))
