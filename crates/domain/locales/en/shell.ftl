# Text outside the window: title, system tray and system notifications. The keys are the same in both languages.
## Window
window-title = Meja
window-title-count = { $place } ({ $n }) · Meja
window-title-place = { $place } · Meja

## Tray
tray-tooltip = Meja: { $waiting } waiting, { $late } overdue, data as of { $at }
tray-tooltip-never = Meja: { $waiting } waiting, { $late } overdue, no data yet
tray-line = { $connection }, data as of { $at }
tray-line-never = { $connection }, no data yet
tray-logged-out = Not logged in
tray-inbox = Inbox: { $waiting }
tray-inbox-late = Inbox: { $waiting } ({ $late } overdue)
tray-outbox = Decisions needed: { $n }
tray-outbox-queued = Outbox: { $n } queued
tray-open = Open Meja
tray-palette = Search or command…
tray-sync = Sync now
tray-hour = 1 hour
tray-tomorrow = Until 07:00 tomorrow
tray-pause = Pause sync
tray-pause-until = Pause sync (until { $at })
tray-pause-end = Resume
tray-quiet = Quiet hours
tray-quiet-until = Quiet hours (until { $at })
tray-quiet-end = Turn off
tray-lock = Lock now
tray-settings = Settings…
tray-quit = Quit
tray-quit-unsent = Quit, { $n } unsent…

## System notifications
toast-new-request-title = New consultation request
toast-new-request-body = { $name }, { $date }. Due { $due }.
toast-new-requests-title =
    { $n ->
        [one] { $n } new request
       *[other] { $n } new requests
    }
toast-several-body = { $names }. Nearest deadline { $due }.
toast-several-body-no-due = { $names }.
toast-others = { $n } more
list-two = { $first } and { $second }
list-many = { $list }, and { $last }
toast-new-order-title = New order
toast-new-order-body = { $number }, { $name }.
toast-new-orders-title =
    { $n ->
        [one] { $n } new order
       *[other] { $n } new orders
    }
toast-revision-title = Client requests a revision
toast-approved-title = Client approved the design
toast-reviewed-body = { $number }, V{ $version }.
toast-reviewed-several-title =
    { $n ->
        [one] { $n } design reviewed by its client
       *[other] { $n } designs reviewed by their clients
    }
toast-message-files-body =
    { $n ->
        [one] { $n } file
       *[other] { $n } files
    }
toast-message-several-body =
    { $n ->
        [one] { $n } message
       *[other] { $n } messages
    }
toast-new-messages-title =
    { $n ->
        [one] New messages in { $n } conversation
       *[other] New messages in { $n } conversations
    }
toast-near-title =
    { $n ->
        [one] Deadline in { $n } minute
       *[other] Deadline in { $n } minutes
    }
toast-near-body = Consultation of { $name }, { $due }.
toast-near-several-title =
    { $n ->
        [one] { $n } deadline is near
       *[other] { $n } deadlines are near
    }
toast-stuck-title = Sync stuck for 15 minutes
toast-stuck-body =
    { $n ->
        [one] { $n } command is not sent yet.
       *[other] { $n } commands are not sent yet.
    }
toast-assigned-title = Work handed over to you
toast-assigned-body = { $by } handed { $name } over to you.
toast-assigned-several-title =
    { $n ->
        [one] { $n } piece of work handed over to you
       *[other] { $n } pieces of work handed over to you
    }
toast-called-off-title = Client called off a consultation
toast-called-off-body = { $name } called off their consultation.
toast-called-off-several-title =
    { $n ->
        [one] { $n } consultation called off by its client
       *[other] { $n } consultations called off by their clients
    }
toast-refused-title = Command refused by server
toast-refused-body = { $act } for { $name }: { $reason }
toast-conflict-title = Someone else was first
toast-conflict-body = { $act } for { $name } needs your decision.
toast-decisions-title = { $n } commands need a decision
toast-locked-request = There is a new request in Meja
toast-locked-requests = There are { $n } new requests in Meja
toast-locked-order = There is news of an order
toast-locked-orders = There are { $n } pieces of news of orders
toast-locked-message = New message
toast-locked-messages =
    { $n ->
        [one] New messages in { $n } conversation
       *[other] New messages in { $n } conversations
    }
toast-locked-near = A deadline is near
toast-locked-near-several =
    { $n ->
        [one] { $n } deadline is near
       *[other] { $n } deadlines are near
    }
toast-locked-mixed = There are { $n } things to see in Meja
toast-locked-assigned = There is new work for you in Meja
toast-locked-assigned-several = There are { $n } new pieces of work for you in Meja
toast-locked-called-off = A consultation of yours was called off
toast-locked-called-off-several = { $n } consultations of yours were called off
toast-locked-decision = One command needs a decision
toast-locked-decisions = { $n } commands need a decision
toast-quiet = During quiet hours: { $list }
toast-quiet-late = { $n } past their deadline
toast-quiet-new = { $n } new
toast-quiet-assigned = { $n } about your work
toast-test-title = Test notification
toast-test-body = This is how a notification of Meja looks on this computer.
