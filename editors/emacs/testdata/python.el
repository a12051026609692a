;;; python.el --- A user's way through models of SQLAlchemy  -*- lexical-binding: t -*-

(load (expand-file-name "alone" (file-name-directory load-file-name)) nil t)

(visit "shop/order.py")
(princ (format "mode: %s\n" major-mode))
(until "the problem is shown" (lambda () (shown "but Line has no such relationship")))

(at "back_populates=\"orders")
(forward-char)
(delete-char -3)
(tell)
(completion-at-point)
(say "completed")
(tell)

(at "populates=\"orders")
(let ((xref-prompt-for-identifier nil))
  (call-interactively #'xref-find-definitions))
(say "jumped")
(switch-to-buffer "order.py")
(at "\"user")
(let ((xref-prompt-for-identifier nil))
  (call-interactively #'xref-find-definitions))
(say "jumped")

(switch-to-buffer "order.py")
(at "back_populates=\"order\"")
(backward-char)
(choosing "Add Line.order"
  (eglot-code-actions (point) (1+ (point)) "quickfix" t))
(tell)
(until "the problem is gone" (lambda () (null (problems))))

(at "\"user")
(eglot-rename "people")
(tell)
(say "renamed")
(save-some-buffers t)
(say-drawn "drawn")
