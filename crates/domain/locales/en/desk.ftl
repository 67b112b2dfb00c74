# The window’s texts. The keys are equal in both languages; a test checks it.
## Places
place-inbox = Inbox
place-notices = Notifications
place-outbox = Outbox
place-settings = Settings
navigation = Main navigation
skip = Skip to content
open-menu = Open menu
unread = unread:
needs-decision = needs a decision:
waits-to-be-sent = waiting to be sent:
you = You

## Acts with a button and a key
do-next = Next row
do-previous = Previous row
do-first = First row
do-last = Last row
do-page-down = Page down
do-page-up = Page up
do-select = Select this row
do-extend-down = Select the next row too
do-extend-up = Select the previous row too
do-select-all = Select all loaded rows
do-peek = Peek at the detail without leaving the list
do-enter = Into the detail
do-back = Back to the list
do-search = Search this list
do-filter = Choose or filter the list
do-let-in = Show new rows
do-save-view = Save this view…
do-arrange-views = Arrange saved views…
do-accept = Accept
do-reject = Reject…
do-snooze = Snooze
do-claim = Claim
do-release = Release
do-wake = End snooze
do-assign = Hand over
do-cancel = Cancel request…
do-note = Write a note
do-note-save = Save note
do-whatsapp = WhatsApp
do-copy = Copy number
do-new-request = New request for a client
do-new-request-short = New
do-edit-again = Edit and send again
do-send-again = Send as a new command
do-handled = Mark as handled
do-discard = Discard
do-take-back = Undo this command
do-pause = Pause sync
do-resume = Resume sync
do-undo = Undo
do-redo = Redo
do-sync = Send and fetch now
do-lock = Lock now
do-send-now = Send now
do-go = Go to…
do-sheet = Shortcuts
do-next-pane = Next pane
do-previous-pane = Previous pane
do-login = Log in
do-logout = Log out
do-unlock = Unlock
do-snooze-until = Snooze
do-seen = Got it
acts = Acts
more = More acts
cancel = Cancel
pane-separator = Width of the list
dialog-typed = What you typed is not saved. Esc again throws it away.
close = Close
retry = Try again
try = Try
required = required
optional = Optional
or = or
loading = Loading
hint-move = move
hint-search = search
hint-keys = all shortcuts

## Inbox
view-waiting = Waiting
view-requests = Requests
view-orders = Orders
view-conversations = Conversations
view-mine = Mine
view-snoozed = Snoozed
view-answered = Answered
view-accepted = Accepted
view-rejected = Rejected
view-cancelled = Cancelled
group-late = Overdue
group-today = Today
group-next = Next
group-done = Answered
inbox-label = { $list }, { $n } rows
inbox-views = Lists
inbox-newer = { $n } new
inbox-search-label = Search name, topic or number
inbox-search-hint = Name, topic or number
inbox-search-clear = Clear search
inbox-not-found = Nothing matches
inbox-not-found-text = No name, topic or number with “{ $text }” in this list.
inbox-empty = Inbox clear
inbox-empty-as-of = Inbox clear as of { $at }
inbox-empty-text = What is new appears here by itself.
inbox-empty-offline = What is new appears here once the line is back.
inbox-empty-list = This list is empty
inbox-empty-queued =
    { $n ->
        [one] { $n } decision of yours is waiting to be sent.
       *[other] { $n } decisions of yours are waiting to be sent.
    }
inbox-empty-snoozed =
    { $n ->
        [one] { $n } is snoozed.
       *[other] { $n } are snoozed.
    }
inbox-show-waiting = Show waiting requests
inbox-failed = The list cannot be opened
open-outbox = Open outbox
row-unseen = Not seen yet.
row-unread = Not read yet.
row-wish = Wants { $day }
why-answer = waiting for an answer { $since }
why-reply = Needs a reply
why-take-up = new order
why-revise = client asks for a revision
why-complete = client approved, to be completed
why-deadline = design due { $day }
row-held-by = { "" }, claimed by { $name }
due-late = overdue
due-tomorrow = tomorrow
due-tip = Due { $at }
badge-ours = { "" }(not yet acknowledged by the server)

## Request detail
kind-consultation-free = Free consultation
detail-label = Request detail
detail-body = Request content
detail-nothing = Nothing selected
detail-failed = The request cannot be opened
pager = { $at } of { $total }
client-since = Client since { $at }
client-requests =
    { $n ->
        [one] { $n } request
       *[other] { $n } requests
    }
client-hidden = Client data is not kept on this computer
client-erased = The client’s data was erased at their wish
fact-date = Requested date
fact-zone = Client’s zone
fact-topic = Topic
fact-asked = Sent
fact-source = Source
fact-due = Due
fact-note = Client’s note
fact-assignee = Handed to
fact-claim = Claimed
fact-claim-by = { $name }, until { $until }
fact-snooze = Snoozed
fact-snooze-by = { $name }, until { $until }
fact-reason = Reason
notes = Notes
notes-who = read by the team only
note-label = New note
note-hint = Write a note for the team
note-only-me = Only for me
note-private = only for you
note-added = Note saved
history = History
did-consultation-request = asked for a consultation
did-consultation-accept = accepted the request
did-consultation-reject = rejected the request
did-consultation-cancel = cancelled the request
did-item-claim = claimed the request
did-item-release = released the request
did-item-snooze = snoozed the request
did-item-wake = ended the snooze
did-item-assign = handed the request over
did-client-edit = changed the client’s data
did-unknown = did something this version does not know
did-due = { "" }; answer due { $at }
predict-accept = When accepted: the status becomes **{ $status }** and the client reads “{ $text }”.
predict-accept-unregistered = When accepted: the status becomes **{ $status }**. The client has no account, so tell them yourself: “{ $text }”.
predict-server = The data here is not complete; the server decides.
predict-not-yours = Requests are decided by admins.
predict-ours = { "" }**{ $status }** on this computer; not yet acknowledged by the server.
predict-decided = { "" }**{ $status }** by { $by }, { $at }.
refused-here = Not possible:

## What was done, for the undo bar
done-consultation-request = Request of { $name } entered
done-consultation-accept = { $name } accepted
done-consultation-reject = { $name } rejected
done-consultation-cancel = Request of { $name } cancelled
done-item-claim = { $name } claimed
done-item-release = { $name } released
done-item-snooze = { $name } snoozed
done-item-wake = { $name } waits again
done-item-assign = { $name } handed over
done-item-unassign = { $name } taken back
undo-in = sent in { $n } s
undo-later = sent once syncing goes on
undo-in-long = Sent in { $n } s
undo-sent = sent
undo-nothing = There is nothing to undo.
undo-too-late = Already sent, cannot be undone.
undone = { $act } undone
redo-nothing = There is nothing to redo.
redone = { $act } redone
copied-number = Number { $number } copied
copied-receipt = Receipt { $number } copied
copied-code = Code copied
copy-failed = Cannot copy. The number is { $number }.
copy-code = Copy code

## Reasons
reason = Reason
reason-text = Message to the client
reason-sub = Free consultation · requested for { $date }
reason-unread = The client has no account and will not read this. Tell them yourself.
client-reads = What the client will read
left = { $n } left
sent-in =
    { $n ->
        [one] Sent after { $n } second, can be undone
       *[other] Sent after { $n } seconds, can be undone
    }
sent-at-once = Sent at once
sent-later = Sent once syncing goes on, can be undone
reject-title = Reject the request of { $name }
reject-submit = Reject request
reject-reason-1 = Date is full for every expert
reject-reason-2 = Outside our services
reject-reason-3 = Request is incomplete
reject-reason-4 = Already had a free consultation this month
reject-reason-5 = Other reason
reject-text-1 = Tanggal yang Anda minta sudah penuh untuk semua ahli. Silakan ajukan tanggal lain, ya.
reject-text-2 = Topik ini di luar cakupan layanan kami, jadi belum bisa kami bantu.
reject-text-3 = Data permintaan belum lengkap. Silakan ajukan lagi dengan topik dan tujuan yang lebih jelas, ya.
reject-text-4 = Konsultasi gratis berlaku sekali sebulan. Sesi berikutnya bisa diajukan bulan depan, ya.
cancel-title = Cancel the request of { $name }
cancel-submit = Cancel request
cancel-reason-1 = Client asked to cancel
cancel-reason-2 = Expert is unavailable
cancel-reason-3 = Client cannot be reached
cancel-reason-4 = Duplicate request
cancel-reason-5 = Other reason
cancel-text-1 = Konsultasi dibatalkan sesuai permintaan Anda. Silakan ajukan lagi kapan saja.
cancel-text-2 = Mohon maaf, ahli kami berhalangan pada tanggal itu. Silakan ajukan tanggal lain, ya.
cancel-text-3 = Kami belum berhasil menghubungi Anda. Silakan ajukan lagi bila masih diperlukan.
cancel-text-4 = Permintaan ini sama dengan permintaan Anda yang lain, jadi kami tutup yang ini.
refusal-field = { $field }: { $why }
refusal-decided = { $status } by { $by }, { $at }.
refusal-decided-unnamed = { $status }, { $at }.
refusal-held-by = { $by }, until { $until }.
refusal-by = By { $by }.
refusal-roles = Who may: { $roles }.
refusal-setting-design-uploaders = Only { $roles } may upload (a setting of the organisation).
refusal-setting-design-retention-days = It can be deleted from { $until } on: files are kept for { $bound } days after an order has ended (a setting of the organisation).
refusal-merged-into = Everything is with { $name }.
refusal-number = Its number is { $number }.
field-name = Name
phone-form = Indonesian numbers: 0812…, 62812… or +62 812….
field-phone = Telephone
field-email = E-mail
field-topic = Topic
field-note = Note
field-requested-date = Requested date
field-reason = Reason
field-text = Text
field-new-password = New password

## Snooze, hand over
snooze-title = Snooze the request of { $name }
snooze-order-title = Snooze the order of { $name }
snooze-sub = Comes back at its time, or as soon as the client acts
snooze-everybody = Holds for everybody in the team
snooze-picks = Until when
snooze-hour = In an hour
snooze-afternoon = This afternoon
snooze-tomorrow = Tomorrow morning
snooze-monday = Monday morning
snooze-past-due = past its deadline
snooze-own = Another time, at most 14 days
snooze-no-day = The date is not understood. For example: tomorrow, fri, 26 Nov.
snooze-no-hour = The time is not understood. For example: 14:00.
snooze-too-far = At most 14 days from now.
until = until { $at }
hour = Time
day-hint = For example: tomorrow, fri, 26 Nov, 26/11/2026
day-placeholder = e.g. tomorrow
day-unknown = The date is not understood. For example: tomorrow, fri, 26 Nov.
calendar-open = Choose from a calendar
calendar-title = Calendar
calendar-previous = Previous month
calendar-next = Next month
assign-title = Hand over the request of { $name }
assign-sub = Your colleague is notified
assign-who = To whom
assign-find = Find a colleague
assign-me = { "" }(you)
assign-nobody = Take back, to nobody
assign-same = Choose another colleague first.

## New request
new-request-title = New request
new-request-sub = A free consultation for a client
new-request-foot = Can be entered without a network
new-request-submit = Enter request
new-request-no-client = Choose a client first, or add a new one.
topic-placeholder = e.g. CV review
client = Client
client-find = Find a client
client-find-hint = Name, telephone or e-mail
client-find-placeholder = Type to search
client-hits = Matching clients
client-new = New client
client-new-named = Add a new client: { $name }
client-other = Choose another client
client-waits = still waiting
client-waits-number = This client already has a waiting request: { $number }.
client-waits-open = Open { $number }

## Outbox
give-consultation-request = Enter request
give-consultation-accept = Accept request
give-consultation-reject = Reject request
give-consultation-cancel = Cancel request
give-item-claim = Claim request
give-item-release = Release request
give-item-snooze = Snooze request
give-item-wake = End the snooze of a request
give-item-assign = Hand over request
give-note-add = Write note
give-client-create = Add client
give-client-edit = Change client
give-notification-read = Mark as read
give-setting-set = Change setting
give-unknown = Other command
part-decide = Needs your decision
part-running = On its way
part-finished = Finished today
part-finished-kept = kept 30 days
outbox-label = Outgoing commands
outbox-detail-label = Command detail
outbox-empty = Nothing is waiting
outbox-empty-text = Last acknowledged { $at }.
outbox-failed = The outbox cannot be opened
outbox-foot = Nothing refused or in conflict is ever dropped silently.
outbox-foot-undo = Not sent yet, can still be undone.
outbox-foot-sent = Sent; waiting for the server’s answer.
applied-at = Acknowledged { $at }
will-be-refused = Will be refused
will-be-refused-why = By the newest data the server will refuse this command. It is still sent; the server decides.
receipt = Receipt
copy-receipt = Copy receipt
made-at = made { $at }
sent-at = sent { $at }
tries = try { $n }
command-title-held = { $act }: held for a moment
command-title-queued = { $act }: waiting to be sent
command-title-sent = { $act }: being sent
command-title-applied = { $act }: acknowledged by the server
command-title-refused = { $act } refused by the server
command-title-conflict = { $act }: somebody was first
command-title-blocked = { $act } held up
command-title-unknown = { $act } unknown to the server
command-title-settled = { $act }: handled
command-nothing-changed = For { $name }. This command changed nothing on the server.
command-about = For { $name }.
open-request = Open request
server-reason = The server’s reason:
blocked-by = Waits for “{ $act }” for { $name }, which was refused. Settle that first; this one follows.
blocked-open = Open its cause
unknown-why = The server was restored from a backup and does not know this command any more. Nothing is sent again by itself.
typed = What you wrote
compare = What you saw and what the server saw
compare-seen = When you pressed, { $at }
compare-server = According to the server, { $at }
compare-status = Status
compare-expected = Expected result
compare-result = Result of your command
compare-refused = Refused
compare-rev = record version { $rev }
compare-by = Decided by
compare-at = Decided
compare-claim = Claimed
compare-snooze = Snoozed until
compare-assignee = Handed to
choices = Choices
choice-edit = Edit and send again
choice-edit-more = What you wrote is filled in. A new receipt is made.
choice-again = Send as a new command
choice-again-more = A new receipt is made; the old one stays on record.
choice-handled = Mark as handled
choice-handled-more = The command leaves this list and is kept for 30 days.
choice-discard = Discard
choice-discard-more = This command is not wanted any more.
discard-title = Discard “{ $act }”?
discard-text = What you wrote will not be sent. The command and the server's answer are kept for 30 days among what is done.
do-evidence = Export evidence
evidence-more = What you gave, what you saw, and the server's answer, in one file.
again-title = { $act }: { $name }
again-sub = A new receipt is made; the old one stays recorded.
again-refused = It cannot be sent again like this; choice 2 says why.
settled-handled = Marked as handled
settled-discarded = Command discarded
settled-sent = Sent as a new command
sync-asked = Sending and fetching now
paused = Sync paused
resumed = Sync resumed

## Notifications
notices-read-all = Mark all as read
notices-empty = No notifications yet
notices-empty-text = Work that is handed to you appears here.
notices-failed = Notifications cannot be opened
notice-by-about = { $name }, from { $by }
notice-by = From { $by }

## Status bar and line
status-label = State of the data
status-queued = { $n } queued
status-uploading = uploading { $n }%
status-refused = { $n } refused
status-conflicts =
    { $n ->
        [one] { $n } conflict
       *[other] { $n } conflicts
    }
as-of = data as of { $at }
as-of-never = no data yet
ago = { $span } ago
keys = Shortcuts
offline-since = Offline since { $at }.
offline-text = As of { $at }; there may be news.
offline-never = Offline.
offline-never-text = No data from the server yet.
paused-title = Sync is paused.
paused-until = Sync is paused until { $at }.
catching-up-title = Catching up.
catching-up-so-far = { $n } records are on this computer; the rest is being loaded.
stuck-captive-portal = This network wants a login first, as in a hotel or a café. Open a browser and log in to the network.
stuck-tls = This computer does not trust the server’s certificate. Do not go on in a network you do not know; ask your admin.
stuck-tls-date = By this computer’s clock the server’s certificate is over or has not begun. Check date and time; if they are right, tell your admin.
stuck-tls-name = The certificate that answers is for another host. Do not go on in a network you do not know; tell your admin.
stuck-not-meja = What answers is not a Meja server. Check the network, or ask your admin.
stuck-disk = Meja’s files on this computer cannot be written. Free some disk space; Meja tries again by itself.
catching-up-text = Changes are being loaded.
recovered-held =
    { $n ->
        [one] { $n } command that was held when Meja ended is being sent now.
       *[other] { $n } commands that were held when Meja ended are being sent now.
    }
recovered-title = The outbox’s file was damaged and has been restored.
recovered-saved =
    { $n ->
        [one] { $n } command was saved.
       *[other] { $n } commands were saved.
    }
recovered-copies =
    { $n ->
        [one] { $n } of them from a copy.
       *[other] { $n } of them from copies.
    }
recovered-whole = Nothing is lost.
recovered-part = Part of the file cannot be read: commands made since the last copy may be lost. Please check your latest answers again.
failed-safe = Your data is safe.
sheet-sub = In { $place }
sheet-here = This screen
sheet-everywhere = Everywhere
sheet-go = Go to
sheet-find = Find a shortcut
sheet-none = No shortcut with that word.
sheet-foot = Single letters work in lists and details only, never in fields.
sheet-off = One-letter shortcuts are switched off in Settings.

## Saved views
views = Saved views
saved-view-1 = Saved view 1
saved-view-2 = Saved view 2
saved-view-3 = Saved view 3
saved-view-4 = Saved view 4
saved-view-5 = Saved view 5
saved-view-6 = Saved view 6
saved-view-7 = Saved view 7
saved-view-8 = Saved view 8
saved-view-9 = Saved view 9
views-none = No saved views yet
views-none-text = Choose a list or search in the inbox, then “Save this view…”.
views-too-many = At most { $n } views. Delete one first.
view-taken = Another view already has this name.
view-search-wrong = Its search is not right. { $why }
view-summary = { $list } · “{ $text }”
view-name = Name of the view
view-name-of = Name of view { $n }
view-up = Move { $name } up
view-down = Move { $name } down
view-drop = Delete { $name }
view-save = Save
view-replace = Replace
view-replaces = { $name } will be replaced.
view-saved = { $name } saved.
save-view-title = Save view
save-view-sub = What is saved: { $shows }
arrange-views-sub = Alt+↑ and Alt+↓ move one. Changes hold once they are saved.

## Many at once
chosen = { $n } selected
chosen-acts = On the selected
chosen-clear = Clear selection
chosen-foot = { $n } selected. The actions above the list are done to all of them.
bulk-consultation-accept = { $n } accepted
bulk-consultation-reject = { $n } rejected
bulk-snooze = { $n } snoozed
bulk-order-set-status = { $n } moved to { $status }
bulk-order-assign = { $n } handed over
bulk-order-unassign = { $n } taken back
bulk-only-requests = For requests only.
bulk-only-orders = For orders only.
bulk-not-conversations = Conversations cannot be snoozed.
bulk-status-title =
    { $n ->
        [one] Change the status of { $n } order
       *[other] Change the status of { $n } orders
    }
bulk-status-sub = Those that cannot be moved there are named one by one, each with its reason.
bulk-status-none = Choose a status.
bulk-status-submit = Change status
bulk-cancel-title =
    { $n ->
        [one] Cancel { $n } order
       *[other] Cancel { $n } orders
    }
bulk-assign-title =
    { $n ->
        [one] Hand over { $n } order
       *[other] Hand over { $n } orders
    }
bulk-refused = { $n } not possible
bulk-part = { $done }, { $refused }:
and-more = , and { $n } more
undone-many =
    { $n ->
        [one] { $n } decision undone.
       *[other] { $n } decisions undone.
    }
undone-many-late = { $n } already sent, cannot be undone.
redone-many =
    { $n ->
        [one] { $n } decision redone.
       *[other] { $n } decisions redone.
    }
reject-many-title =
    { $n ->
        [one] Reject { $n } request
       *[other] Reject { $n } requests
    }
snooze-orders-title =
    { $n ->
        [one] Snooze { $n } order
       *[other] Snooze { $n } orders
    }
snooze-chosen-title = Snooze the { $n } chosen
snooze-many-title =
    { $n ->
        [one] Snooze { $n } request
       *[other] Snooze { $n } requests
    }

## Command palette
do-palette = Find or do…
find-or-do = Find or do
palette = Command palette
palette-label = Find a command, a screen or a record
palette-hint = Type a command, a name or a number
palette-hits = Results
palette-recent = Used last
palette-request = On this request
palette-command = On this command
palette-records = Records in the local mirror
palette-note = Note
palette-move = choose
palette-run = run
palette-only-acts = commands only
palette-only-numbers = numbers
palette-only-clients = clients
palette-asking = Searching…
palette-failed = Records cannot be searched.
palette-count =
    { $n ->
        [one] { $n } result
       *[other] { $n } results
    }

## Log in
gate-title = The desk for consultation and design teams.
gate-text = Requests can be read and answered even without a network.
login-title = Log in
login-to = to
login-busy = Checking…
password = Password
password-show = Show password
password-new = New password
password-hint = A few unrelated words are strongest, and easiest to remember.
remember = Remember me on this computer
forgot = Forgot password?
vault-note = The session key is kept in the system’s keyring. Local data is encrypted.
vault-note-forget = The session ends when Meja is closed. Local data stays encrypted.
server = Server address
server-title = Connect to a server
server-sub = Your organisation’s admin knows the address.
server-hint = For example: meja.company.id
server-check = Check address
server-checking = Checking…
server-keep = Keep the current server
server-other = Change server
server-bad-address = “{ $address }” is not a server address. Write it like meja.company.id, without spaces.
server-unreachable = { $address } does not answer. Check the spelling and your connection, then try again.
server-plain-http = { $address } uses http without encryption. Meja takes https only, except to this computer itself. Try https.
server-tls = This computer does not trust the certificate of { $address }. Ask your admin; do not go on in a network you do not know.
server-tls-date = By this computer’s date the certificate of { $address } is not valid. Check the computer’s date and time first; if they are right, ask your admin.
server-tls-name = The certificate that was shown is not for { $address }. Check the spelling; if it is right, ask your admin, and do not go on in a network you do not know.
server-captive-portal = This network wants you to log in first, as in a hotel or café. Open a browser, log in to the network, then try again.
server-not-meja = Something answers at { $address }, but it is not a Meja server. Check the address.
server-not-ready = The Meja server at { $address } is not ready yet. Try again in a moment.
error-credentials = E-mail or password is wrong.
error-code = The code is wrong, used up, or too old.
error-code-required = This account asks for a code from the authenticator app.
error-code-wrong = The code is wrong, was used, or has passed. Wait for the next one, then try again.
error-factor-changed = Two-step verification was changed from elsewhere. Reload to see how it stands.
error-factor-unavailable = The server cannot check codes yet. Ask an admin of your organisation.
error-not-staff = This account is not a staff account.
error-disabled = This account is closed. Contact your organisation’s admin.
error-too-many = Too many tries. Try again later.
error-too-many-wait = Too many tries. Try again in { $wait }.
error-unreachable = The server cannot be reached. Check your connection, then try again.
error-not-meja = What answers at this address is not a Meja server.
error-vault = The system’s keyring is locked or does not answer.
error-passphrase = That password does not open the data on this computer.
error-needs-passphrase = Choose a passphrase first, because there is no keyring.
error-no-session = You are not logged in, or Meja is locked.
error-not-found = This record is not on this computer.
error-too-late = Already sent, cannot be changed any more.
error-too-new = The data on this computer is from a newer Meja. Update Meja.
error-disk = The file on this computer cannot be read or written. Check free space.
error-internal = Something failed in Meja. The details are in the log on this computer.
login-code-title = Two-step verification
login-code-sub = for
login-code = Code
login-code-hint = Six digits from the authenticator app, or one recovery code.
login-code-back = Another account
forgot-title = Forgot password
forgot-sub = We send a code to your e-mail if the account exists.
forgot-send = Send code
forgot-have-code = I already have a code
forgot-back = Back to log in
reset-title = New password
reset-sub = Enter the code from the e-mail and a new password.
reset-sub-sent = If { $email } has an account, a code was sent. It is good for an hour.
reset-submit = Save password
reset-resend = Send another code
reset-done = The password was changed. Other devices were logged out.
code = Code from the e-mail
revoked-title = This device was revoked.
revoked-text = The copy of the data on this computer was destroyed. Log in again to go on.
unsent-title =
    { $n ->
        [one] { $n } command was not sent.
       *[other] { $n } commands were not sent.
    }
unsent-text = Kept safe on this computer, and sent after you log in again.
unsent-revoked = Kept safe on this computer; you see them again after logging in.
passphrase = Passphrase
passphrase-again = Passphrase again
passphrase-title = Open with your passphrase
passphrase-choose-title = Choose a passphrase
passphrase-of = Data of { $email }
passphrase-choose = Save and open
passphrase-open = Open
passphrase-hint = At least { $bound } characters. Four random words beat one complicated word.
passphrase-short = Too short, at least { $bound } characters.
passphrase-differs = The two do not match.
passphrase-forgot = Forgot passphrase?
passphrase-other = Use another account
afresh-title = Start from the beginning on this computer?
afresh-sub = Without the passphrase nobody can open the data on this computer.
afresh-lost = **What is lost:** commands that were not sent from this computer. Without the passphrase they cannot be counted.
afresh-kept = **What stays:** everything that reached the server. Meja fetches it again after you log in with the account’s password.
afresh-aside = The old files are not deleted. They are kept apart, and stay locked.
afresh-do = Start from the beginning
passphrase-lost-choose = It is sent nowhere and cannot be recovered. Keep it in a safe place.
vault-absent = This computer has no system keyring. Local data is still encrypted, with a key from your passphrase.
vault-locked = The system keyring is locked or does not answer. Unlock it, or use your passphrase.
vault-ok = Local data is opened with the passphrase.
lock-text = Names and contents are hidden while locked.
lock-counts = Numbers as of { $at }.
lock-since = Locked since { $at }
lock-goes-on = Sending and notifications go on
lock-other = Change user
lock-waiting = { $n } waiting
lock-late = { $n } overdue
lock-queued = { $n } to be sent
no-desk-title = Meja cannot be opened
no-desk-text = Your data was not changed. Try again, or restart Meja.

## Settings
settings-parts = Parts of the settings
settings-scope = For you, on this computer
settings-scope-computer = Applies to this computer
settings-scope-guard = For this computer and your account
settings-scope-account = For your account, on this computer
settings-notify = Notifications
settings-quiet = Quiet hours
settings-guard = Devices & lock
settings-tongue = Language & zone
settings-look = Looks
settings-keys = Shortcuts
settings-data = Sync & local data
settings-about = About & diagnosis
set-lang = Language
set-lang-more = What clients read is always Bahasa Indonesia.
set-zone = Time zone
set-zone-more = All times in this window and your quiet hours follow it. Reports keep the organisation's days.
zone-organisation = Follow the organisation ({ $zone })
zone-name = { $zone }, { $city }
set-density = List density
set-density-more = The height of rows in lists: 60 or 48 pixels.
density-roomy = Roomy
density-compact = Compact
set-theme = Theme
set-theme-more = Light, dark, or as the system has it.
theme-system = Follow the system
theme-light = Light
theme-dark = Dark
set-text = Text size
set-text-more = From 90 to 130 percent.
percent = { $n }%
set-contrast = High contrast
set-contrast-more = Stronger edges and text. Without it, as the system has it.
set-motion = Reduce motion
set-motion-more = Nothing moves or turns. Without it, as the system has it.
set-hold = Pause before sending
set-hold-more = During it an act can be undone with Ctrl Z.
hold-none = Send at once
hold-seconds =
    { $n ->
        [one] { $n } second
       *[other] { $n } seconds
    }
set-notify-kinds = By event
set-notify-kinds-more = one notification in 20 seconds at most
set-notify-event = Event
set-notify-looks = This is how it looks on this computer
way-system = System
way-sound = Sound
way-count = Tray count
way-summary = Summary
way-of = { $kind }: { $way }
sample-now = now
sample-name-1 = Rani Kusumawardani
sample-name-2 = Made Ayu Lestari
sample-due = 11:54 WIB
set-notify-request = New consultation request
set-notify-request-more = Several at once become one
set-notify-order = New design order
set-notify-order-more = Until somebody takes it up
set-notify-message = New message from a client
set-notify-message-more = Until the conversation is read
set-notify-near = Deadline is near
set-notify-near-more = 30 minutes before, once
set-notify-stuck = Sync stuck for more than 15 minutes
set-notify-stuck-more = Once until it recovers
set-notify-assigned = Work handed to me
set-notify-assigned-more = When a colleague hands it over, or a client calls off your consultation
set-notify-decision = Command refused or in conflict
set-notify-decision-more = At once, in quiet hours too
set-hide-names = Hide names
set-hide-names-more = Kinds and counts only. While Meja is locked, names are always hidden.
set-lock-after = Lock when left alone
set-lock-after-more = Without a key or the mouse for so long, names leave the screen. Sending and notifications go on.
lock-never = Never
lock-minutes =
    { $n ->
        [one] { $n } minute
       *[other] { $n } minutes
    }
set-try = Try a notification
set-try-more = Sends one real notification to the system.
do-try-toast = Send a test
try-shown = The system took it. If you do not see it, check the system's do-not-disturb mode.
try-refused = The system shows no notifications. Allow Meja in the system's notification settings and try again. The list in Notifications is complete all the same.
set-quiet-on = Keep quiet hours
set-quiet-on-more = What is held becomes one summary at their end. Refused commands and deadlines under 30 minutes pass.
set-quiet-from = Quiet hours begin
set-quiet-zone = By { $zone } time.
set-quiet-to = Quiet hours end
set-quiet-same-day = On the same day.
set-quiet-next-day = On the next day.
set-quiet-days = Begin on
set-quiet-now = Quiet now
set-quiet-now-more = For a while, whatever your quiet hours are. It ends by itself.
set-quiet-now-until = Until { $at }.
do-quiet-hour = 1 hour
do-quiet-tomorrow = Until 07:00 tomorrow
do-quiet-end = Turn off
quiet-until = Quiet hours until { $at }
set-letters = One-letter shortcuts
set-letters-more = Letters, figures and signs without Ctrl. When off, Ctrl, arrows and function keys still work.
letters-list = The letter of each act
letters-reset = Restore all letters
letter-now = Key: { $letter }
letter-change = Change the key of { $act }
letter-for = Letter for { $act }
letter-hint = Type one letter, A to Z. Esc cancels.
letter-first = Restore { $letter }
letter-done = { $act } is now { $letter }.
letter-not = One letter only, A to Z.
letter-kept = { $letter } moves and chooses on every screen. Choose another letter.
letter-taken = { $letter } is already the key of “{ $act }” on the same screen. Choose another letter.
set-check = Check the data on this computer
set-check-more = Reads every record and command, then compares with the server once connected.
do-check-now = Check now
checking = Reading everything…
check-whole = Whole: { $records } records and { $commands } commands were read.
check-damaged = A file is damaged. It was set aside and is made again; what is unsent is saved as far as it can be read.
check-at = Checked { $at }.
compared-at = Last found equal to the server { $at }.
compared-never = Never compared with the server yet.
local-failed = The state of the local data cannot be read
local-files = Files on this computer
local-file = File
local-size = Size
local-changed = Last written
local-all = All
file-mirror = Mirror of records
file-outbox = Outbox
file-copies = Copies of the outbox
file-set-aside = Set aside as damaged
file-keys = Keys and session
file-log = Log
set-kept = Pictures and files kept here
set-kept-more = Designs that were opened can be seen without a connection. What was used least goes first.
kept-mb = { $n } MB
set-wipe = Wipe local data
set-wipe-more = Removes the keys, then all files of this account from this computer, and logs the device out. What the server has stays.
do-wipe = Wipe local data…
wipe-title = Wipe the local data from this computer?
wipe-sub = The keys are destroyed first. After that nobody can read it any more.
wipe-lost-copy = Gone from this computer: the mirror of records, the outbox and its copies, the keys and your session.
wipe-lost-typed = Texts that were typed and not sent go too.
wipe-kept = What the server has acknowledged stays on the server. How the window looks stays on this computer.
wipe-nothing-unsent = No command is unsent.
wipe-unsent =
    { $n ->
        [one] { $n } command is not acknowledged by the server and will be lost:
       *[other] { $n } commands are not acknowledged by the server and will be lost:
    }
wipe-unsent-more = and { $n } more
wipe-more-now = More is unsent than a moment ago. Nothing was wiped; please look again.
do-export-unsent = Export what is unsent
do-wipe-now = Wipe local data
wiped = The local data was wiped.
set-diagnose = Export diagnosis
set-diagnose-more = Versions, states, counts, sizes and the end of the log, without personal data. The file goes to the downloads folder.
do-diagnose = Export
set-licences = Licences of the parts used
set-licences-more = Parts of the program that others wrote, with their licences.
licences-show = Show
licences-hide = Hide
licences-count =
    { $n ->
        [one] { $n } part
       *[other] { $n } parts
    }
licence-name = Name
licence-version = Version
licence-licence = Licence
outbox-tabs = Parts of the outbox
tab-commands = Commands
tab-sync = Sync
sync-position = Position
sync-as-of = Data as of
sync-history = History
sync-kinds = Records by kind
sync-kind = Kind
sync-records = Records
sync-newest = Newest
why-paused =
    { $n ->
        [0] You paused syncing; nothing waits to be sent.
        [one] You paused syncing; { $n } command waits until it goes on.
       *[other] You paused syncing; { $n } commands wait until it goes on.
    }
why-offline = The server has been out of reach since { $at }. Meja keeps trying by itself.
why-never = The server was never reached from this computer. Meja keeps trying by itself.
why-history = Older history is still being loaded; { $n } records are here.
why-catching-up = The newest changes are being fetched from the server.
why-decide =
    { $n ->
        [one] { $n } command waits for your decision; the rest is in sync.
       *[other] { $n } commands wait for your decision; the rest is in sync.
    }
why-sending =
    { $n ->
        [one] { $n } command is on its way to the server.
       *[other] { $n } commands are on their way to the server.
    }
why-not-at-all = Everything on this computer equals the server.
about-version = Meja { $version }
about-records = { $n } records on this computer
about-complete = The copy is complete
about-incomplete = Older history is still being loaded
logout-title = Log out, { $n } not sent
logout-sub = Unsent commands are not lost.
logout-text = All of them stay on this computer and are sent after you log in again with the same account.
logout-anyway = Log out anyway
quit-title = Quit Meja, { $n } not sent
quit-text = They stay on this computer and are sent when Meja is opened again. Until then nobody else sees them.
quit-anyway = Quit Meja

## The audit and reports
place-audit = Audit trail
place-audit-own = My trail
place-report = Reports
do-audit-check = Check the chain
do-export = Export
do-table = Table or charts
audit-label = Trail, newest first
audit-detail-label = One act
audit-failed = The trail cannot be opened
audit-offline = Needs a connection: the trail is kept on the server.
audit-offline-kept = Below is what was loaded last, as of { $at }.
audit-empty = No acts yet
audit-empty-text = Every act that the server takes appears here.
audit-empty-found = No act fits
audit-empty-found-text = Loosen the filter to see more.
audit-more = Loading older ones
audit-more-failed = Older ones could not be loaded.
audit-stop = Stop loading
audit-stopped = Loading stopped
audit-loaded =
    { $n ->
        [one] { $n } act loaded
       *[other] { $n } acts loaded
    }
audit-whole = intact up to #{ $n }
audit-whole-said = The chain is intact up to number { $n }.
audit-checking = checking the chain
audit-unchecked = chain not checked yet
audit-broken-title = The chain is broken.
audit-broken-text = Intact up to #{ $n }; after that { $why }. Change nothing on the server. Export this trail for the owner.
audit-why-gap = a link is missing
audit-why-link = a link does not match the one before it
audit-why-value = a value was changed
audit-why-head = the end of the chain is not where it belongs
audit-why-unreadable = a row cannot be read
audit-why-unknown = something does not match
audit-at-link = link { $n }
audit-system = System
audit-nobody = Somebody
audit-before = Before
audit-after = After
audit-field = Field
audit-command = Command
audit-device = Device
audit-link = Link
audit-hash = Hash
audit-rev = revision { $rev }
audit-new = new
audit-erased = The values were erased at the client’s wish. Their hash stays in the chain.
audit-hidden = The values are not open to you.
audit-no-change = No field changed.
audit-only-record = Only this record
audit-only-actor = Only this person
audit-filter = Filter
audit-filter-title = Filter the trail
audit-filter-sub = All conditions hold together. Days are in { $zone }.
audit-filter-actor = By
audit-filter-act = Act
audit-filter-from = From day
audit-filter-until = To day
audit-filter-record = Record
audit-filter-all = All
audit-filter-order = The last day is before the first.
audit-filter-apply = Apply
audit-filter-clear = Clear filter
audit-filter-on = Filtered: { $what }
audit-filter-since = since { $day }
audit-filter-to = up to { $day }
exporting = Writing the file
exported = { $lines } saved in { $path }
export-lines =
    { $n ->
        [one] { $n } line
       *[other] { $n } lines
    }
exported-more = Only the newest; older ones do not fit into one file.
export-failed = The file was not saved. { $why }
none = -
report-as-of = counted from the local copy, as of { $at }
report-local = counted from the local copy
report-failed = The report cannot be counted
report-period = Period
report-figures = Figures and charts
period-four-weeks = 4 weeks
period-ten-weeks = 10 weeks
period-year = 1 year
report-partial-title = The local copy is not whole yet.
report-partial = History is still coming from the server. The oldest answer on this computer is of { $day }; nothing before it is here, and after it figures may rise.
report-partial-none = History is still coming from the server; no answer is on this computer yet, so figures may rise.
report-own = Only requests handed over to you.
report-answered = Requests answered
report-answered-of = { $n } of { $of } requests
report-median = Median time to answer
report-median-text = in working hours
report-late = Past deadline
report-late-text =
    { $n ->
        [one] of { $n } answer
       *[other] of { $n } answers
    }
report-cancelled = Cancelled
report-cancelled-text = before an answer, not counted
report-bars-day = Consultation requests by day
report-bars-week = Consultation requests by week
report-line = Median time to answer
report-line-unit = working hours
report-accepted = Accepted
report-rejected = Rejected
report-waiting = Waiting
report-unfinished = (not over)
report-missing = (not in the copy)
report-most = Most: { $n } requests, { $when }.
report-most-none = No requests in this period.
report-newest = Last { $span }, { $when }.
report-newest-none = No answers in this period yet.
report-point = { $when }: { $accepted } accepted, { $rejected } rejected, { $waiting } waiting.
report-point-time = { $when }: { $span }.
report-point-no-time = { $when }: no answers.
report-week-of = week of { $day }
report-step = Time
report-total = Total
report-show-table = Show table
report-show-charts = Show charts
report-people = Who answered
report-person = Name
report-person-answered = Answered
report-nobody = Nobody has answered in this period.
report-empty = No requests in this period
report-empty-text = Figures appear with the first request.
csv-number = No.
csv-at = Time
csv-at-utc = Time UTC
csv-actor = By
csv-act = Act
csv-act-name = Name of the act
csv-about = About
csv-record = Record
csv-before = Before
csv-after = After
csv-state = State
csv-args = Values
csv-reason = Reason
csv-command = Command
csv-device = Device
csv-link = Link
csv-hash = Hash
csv-part = Part
csv-first = First day
csv-last = Last day
csv-unfinished = Not over
csv-accepted = Accepted
csv-rejected = Rejected
csv-waiting = Waiting
csv-cancelled = Cancelled
csv-late = Past deadline
csv-share = Answered
csv-median = Median time to answer
csv-yes = yes
csv-no = no
csv-step = Time
csv-whole = All of it
csv-order-number = Number
csv-order-client = Client
csv-order-source = Source
csv-order-kind = Kind of design
csv-order-description = Description
csv-order-needs = Needs
csv-order-deadline = Wanted by
csv-order-budget = Budget
csv-order-product = Product status
csv-order-since = In this status since
csv-order-assignee = Handled by
csv-order-version = Current version
csv-order-due = To be answered by
csv-order-staff-note = Admin note
csv-order-created = Made
csv-order-ours = Not yet acknowledged
csv-inbox-text = Text
csv-inbox-day = Wanted for
csv-inbox-since = Waiting since
field-status = State
field-number = Number
field-client-name = Client
field-message = Message
field-due-at = Deadline
field-decided-at = Answered at
field-decided-by = Answered by
field-claim = Claim
field-snooze = Snoozed
field-assignee = Handed over to
field-zone = Time zone
field-roles = Roles
field-key = Setting
field-value = Value
field-private = Private
field-source = Source

## Devices and password
set-devices = Devices
set-devices-more = Where your account is logged in. A revoked device erases its copy of the data as soon as it connects.
devices-again = Reload
devices-failed = The list of devices could not be loaded.
devices-none = Not logged in on any device.
device-this = This device
device-seen = last seen { $at }
device-end = Revoke { $name }
device-end-title = Revoke { $name }?
device-end-text = Meja on that device logs out and erases its copy of the data as soon as it connects. Commands that were not sent stay there.
device-end-submit = Revoke device
device-ended = { $name } is revoked.
device-ended-before = { $name } was no longer logged in.
platform-linux = Linux
platform-windows = Windows
platform-macos = macOS
platform-unknown = Another system
set-password = Password
set-password-more = Holds for your account everywhere. Other devices are logged out; on this computer the new password opens the lock as well, even without a connection.
password-current = Current password
password-current-wrong = The current password is wrong.
password-change = Change password
password-changed = The password is changed. Other devices are logged out.
password-changed-not-here = The account's password is changed, but this computer could not note it. To unlock here use the old one, or log out and in again.
set-factor = Two-step verification
set-factor-more = Beside the password, logging in on a new device asks for a code from an authenticator app. Unlocking this computer still takes the password alone.
factor-is-on = On
factor-is-off = Off
factor-since = Since { $at }
factor-left =
    { $n ->
        [0] No recovery codes left. Make new ones, so that you can still log in if the phone is lost.
        [one] { $n } recovery code left
       *[other] { $n } recovery codes left
    }
factor-failed = How it stands could not be loaded.
factor-begin = Turn on…
factor-begin-next = Continue
factor-scan = Scan this code with the authenticator app on your phone, or type the key. Then enter the six digits that the app shows.
factor-qr = QR code for the authenticator app
factor-secret = Key
factor-copy = Copy key
factor-code = Code from the app
factor-code-any = Code from the app, or a recovery code
factor-confirm = Turn on
factor-codes = Recovery codes
factor-codes-text = Keep them away from this computer, on paper for instance. Each is good once, in place of the app's code if the phone is lost. Older codes are void, and these are not shown again.
factor-codes-copy = Copy all
factor-codes-kept = I have kept them
factor-renew = New recovery codes…
factor-renew-text = The old recovery codes are void after this.
factor-renew-submit = Make codes
factor-off = Turn off…
factor-off-text = Once it is off, the password alone is enough to log in.
factor-off-submit = Turn off
factor-copied = Copied. Paste it somewhere safe, then clear the clipboard.
factor-copy-failed = Could not copy. Select the text and copy it.
factor-turned-off = Two-step verification is off.
device-leaves = Waiting for the server

## Staff
place-staff = Staff
staff-label = List of the staff
staff-detail-label = Details of a colleague
staff-failed = The list of the staff cannot be opened
staff-empty = No staff yet
staff-empty-text = Invite your first colleague.
staff-refused = For admins only
staff-refused-text = Your roles no longer look after staff accounts.
staff-since = Added
staff-changed = Last changed
staff-foot = Every change is in the audit trail.
do-staff-invite = Invite staff
do-staff-edit = Edit
do-staff-status = Disable or enable
do-staff-disable = Disable
do-staff-enable = Enable
do-staff-link = Send a password link
do-staff-invite-again = Send the invitation again
staff-invite-sub = The invitation goes by email and is good for 72 hours. Until it is taken, the account opens nothing.
staff-invite-submit = Send invitation
staff-edit-title = Edit { $name }
staff-edit-sub = New roles hold at once; what may no longer be seen leaves their computer.
staff-edit-submit = Save changes
staff-edit-same = Nothing has changed yet.
staff-role-admin = decides requests, looks after staff and settings
staff-role-cs = serves clients and enters requests
staff-role-expert = works on what is handed over to them
do-staff-factor = Reset two-step verification
staff-factor-short = Reset two-step
staff-factor-title = Reset two-step verification of { $name }?
staff-factor-text = Their authenticator and recovery codes are void, and all their devices log out. The password alone lets them in again; make sure first that it is really them who ask.
staff-close-title = Disable { $name }?
staff-close-text = All their devices log out and erase their copy of the data as soon as they connect. The account can be enabled again; work handed over to them stays theirs.
done-staff-invite = Invitation for { $name }
done-staff-edit = { $name } edited
done-staff-disable = { $name } disabled
done-staff-enable = { $name } enabled
done-staff-link = Link for { $name }
done-staff-factor = Two-step verification of { $name } reset
done-staff-device = Device of { $name } revoked
give-user-invite = Invite staff
give-user-edit = Edit staff
give-user-set-status = Change account state
give-user-send-link = Send a password link
give-account-reset-factor = Reset two-step verification
give-device-revoke = Revoke device

## Links from outside
link-title = The link cannot be opened
link-unreadable = This is no link to anything that this version of Meja knows.
link-no-screen = This link points to something that has no screen of its own in Meja yet.
link-not-here = What this link points to is not on this computer: it was deleted, is not for your role, or is not synced yet.
link-safe = A link can only open. Nothing was changed.

## After Meja broke off
crash-title = Meja broke off by itself at { $at }.
crash-text = What you decided is safe. This report names only the parts of the program where Meja broke off: no names, no contents.
crash-show = What the report says
crash-copy = Copy report
crash-save = Save report
crash-discard = Discard report
crash-copied = Report copied
crash-not-copied = The report could not be copied

## The first minute
welcome-title = Get to know Meja
welcome-text = One minute: server, notifications, and five keys.
welcome-sub = Step { $n } of { $of }
welcome-begin = Begin
welcome-skip = Skip
welcome-back = Back
welcome-next = Next
welcome-end = Done
welcome-server = Your server
welcome-server-text = This desk works with { $address }. You can decide without a connection too: everything is kept here and sent as soon as there is one.
welcome-server-check = Check the connection
welcome-server-answers = { $address } answers.
welcome-toasts = Notifications
welcome-toasts-text = New requests and refused decisions appear as notifications of the system. It may ask first, or keep them back silently: allow Meja, then try.
welcome-keys = Five keys
welcome-keys-text = These five keys carry through a whole day without a mouse.
set-welcome = Get to know Meja

## Amounts in words
number-0 = zero
number-1 = one
number-2 = two
number-3 = three
number-4 = four
number-5 = five
number-6 = six
number-7 = seven
number-8 = eight
number-9 = nine
number-10 = ten
number-11 = eleven
number-12 = twelve
number-13 = thirteen
number-14 = fourteen
number-15 = fifteen
number-16 = sixteen
number-17 = seventeen
number-18 = eighteen
number-19 = nineteen
number-20 = twenty
number-30 = thirty
number-40 = forty
number-50 = fifty
number-60 = sixty
number-70 = seventy
number-80 = eighty
number-90 = ninety
number-100 = one hundred
number-1000 = one thousand
number-hundreds = { $n } hundred
number-tens = { $tens }-{ $ones }
number-minus = minus { $n }
number-scale-1 = { $n } thousand
number-scale-2 = { $n } million
number-scale-3 = { $n } billion
number-scale-4 = { $n } trillion
number-scale-5 = { $n } quadrillion
number-scale-6 = { $n } quintillion
amount-in-words = { $number } rupiah
field-amount = Amount
amount-malformed = Write whole rupiah, such as 157.500.

## Moments
when-day = Date
when-hint = For example: tomorrow 14, fri 9.30, 26 Nov
when-client = { $at } for the client

## Files and versions
upload-version = V{ $n }
upload-queued = Queued
upload-sending = Uploading
upload-paused = Paused
upload-refused-there = Refused by the server
upload-same = Same as { $version }, not uploaded again
upload-part = { $done } of { $total }
upload-left = { $span } left
upload-percent = { $version }: { $n } percent
upload-progress = Progress of { $name }
upload-cancel = Cancel { $name }
upload-resume = Resume { $name }
upload-drop = Drop a file here or press
upload-drop-over = Let go to upload or press
upload-drop-no-key = Drop a file here or choose one
upload-offline = Waiting for the line
upload-pause = Pause { $name }
upload-settle = Decide about { $name } in the outbox
upload-current = current version
upload-open = { $version }, { $name }
upload-not-taken = { $name } was not uploaded.
upload-dismiss = Close the note about { $name }
upload-help-kind = Accepted: JPG, PNG, PDF, ZIP, RAR up to 10 MB.
upload-help-size = Make the file smaller or split it, then upload again.
upload-help-pixels = Make the picture smaller, then upload again.
upload-help-name = Give it another name, then upload again.
upload-help-export = Export it again from its program, then upload again.
upload-help-pack = Pack the archive again from its original files alone, then upload again.
upload-help-read = See whether the file is still there and may be read.
upload-unreadable = The file cannot be read.
upload-refused-unknown = The server did not take this file.

## Design versions (R-077, R-078)
do-design-upload = Upload a version
do-design-submit = Submit to client
do-versions = Next version
do-design-current = Make it the current version
do-design-purge = Delete file…
do-design-save = Download the version
do-design-pause = Pause the upload
do-design-resume = Resume the upload
do-design-cancel = Cancel the upload
design-submit-named = Submit { $version } to client
design-save = Download { $version }
give-design-upload = Upload a design version
give-design-submit = Submit the version to the client
give-design-set-current = Make it the current version
give-design-purge = Delete the file of this version
done-design-submit = { $name } submitted to the client
done-design-set-current = { $name } is the current version
done-design-purge = File of { $name } deleted
design-purged = File deleted { $date } by { $name }
design-purge-title = Delete the file of { $version }, { $name }
design-purge-sub = The file and its pictures are gone for everybody, and cannot be brought back. The version's number, name and history stay.
design-purge-submit = Delete file
design-purge-reason-1 = Kept long enough
design-purge-reason-2 = The client asked for it
design-purge-reason-3 = It has personal data
design-purge-reason-4 = The wrong file
design-purge-reason-5 = Another reason
design-purge-text-1 = Masa simpan habis.
design-purge-text-2 = Dihapus atas permintaan klien.
design-purge-text-3 = Berisi data pribadi yang tidak perlu disimpan lagi.
design-purge-text-4 = Berkas yang keliru.
predict-design-submit = If submitted, the client sees **{ $version }** and reads “{ $text }”.
predict-design-submit-unregistered = If submitted, **{ $version }** becomes the current version. The client has no account, so tell them yourself: “{ $text }”.
predict-design-waits = Submitting waits for { $version } to be uploaded.
predict-design-refused = The server refused { $version }. Decide in the outbox first.
predict-design-none = There is no version to submit yet.
order-design-count = { $n ->
    [one] 1 version
   *[other] { $n } versions
 }
designs = Versions
designs-kept = originals are never overwritten
designs-failed = The design versions cannot be read
designs-checking = Checking the file…
designs-added = { $name } is queued for upload.
designs-offline = The line is down. Files wait on this computer and are uploaded once it is back.
design-preview = Preview
design-preview-of = Preview of { $version }, { $name }
design-tag = { $version } · { $status }
design-modes = How to look at it
design-mode-single = Single
design-mode-side = Split
design-mode-swipe = Swipe
design-mode-overlay = Overlay
design-second = Compare with
design-swipe = Edge between { $left } and { $right }
design-overlay = Opacity of { $right } above { $left }
design-percent = { $n } percent
design-zoom = Zoom
design-zoom-in = Zoom in
design-zoom-out = Zoom out
design-zoom-fit = Fit
design-zoom-actual = 100 %
design-picture-of = { $version }, { $name }
design-picture-coming = The picture of { $version } is being loaded
design-offline = This picture is not on this computer, and the line is down.
design-damaged = The content of this file cannot be drawn.
design-picture-failed = The picture cannot be loaded.
design-no-compare = { $version } is no picture that can be laid over another. Choose Split, or another version.
design-save-offline = This file is not on this computer, and the line is down.
design-contents = Contents of the archive
design-files = { $n ->
    [one] 1 file
   *[other] { $n } files
 }
design-files-more = Show { $n } more
design-contents-failed = The contents of the archive cannot be read.
design-comment = The client's comment
design-comment-by = { $name } · client · { $at } · on { $version }
design-comment-beside = The client's comment on { $version }
design-pins = Places the client marked
design-pin = Place { $n } on { $version }: { $text }
design-pin-show = Show place { $n } in the picture
design-drop-over = Let go to upload to the order of { $name }
design-drop-nowhere = Open the order in Design orders first, then drop the file there.
design-saved = Saved as { $path }

## Files kept on this computer
do-keep-files = Keep on this computer
do-keep-stop = Stop keeping
do-keep-cancel = Cancel fetching
kept-mark = Kept on this computer
kept-none = No files yet. The next version is fetched by itself.
kept-whole = { $n ->
    [one] { $n } file is here and opens without a connection.
   *[other] { $n } files are here and open without a connection.
 }
kept-part = { $here } of { $files } files are here.
kept-fetching = Fetching the next one…
kept-waits = The rest waits for its turn.
kept-offline = The rest is fetched as soon as there is a connection.
kept-paused = The rest waits: sync is paused.
kept-full = The rest has no room among what is kept.
kept-refused = { $n ->
    [one] The server does not give { $n } file.
   *[other] The server does not give { $n } files.
 }
kept-progress = Files of { $name } that are here
kept-begun = The files of { $name } are kept on this computer.
kept-ended = The files of { $name } are no longer kept on this computer.
kept-all-here = All files of { $name } are on this computer.
kept-no-room = The files of this order have { $needs }, and there is room for { $left }. Let go of another order in { place-settings } › { settings-data }.
kept-too-many = { $n } orders are kept already, and no more can be. Let go of another order in { place-settings } › { settings-data }.
kept-act-of = { $act }: { $name }
set-kept-orders = Orders kept on this computer
set-kept-orders-more = The files of all their versions are fetched by themselves and stay, beyond the limit above. They go when you may no longer see the order.
kept-sum = { $bytes } of at most { $most }. Beside it { $cached } of pictures and files that were opened.
kept-orders-none = None yet. Choose “Keep on this computer” on an order.
kept-orders-failed = The kept orders cannot be read
kept-unknown = { $n ->
    [one] { $n } order is seen once the first copy has been fetched.
   *[other] { $n } orders are seen once the first copy has been fetched.
 }

## Money going out
money-type = Type the amount to approve it
money-type-hint = Meja never fills it in, so that nobody approves without reading.
money-other = The amount is not the one that was asked for.
money-right = The amount matches
money-sample-title = Approve the withdrawal of Bagus Prasetyo
money-sample-sub = Money goes out once the server agrees, and cannot be taken back.
money-sample-act = Approve
money-sample-to = To account
money-sample-holder = Account holder
money-sample-left = Balance after

## Design orders
place-orders = Design orders
open-order = Open the order
do-new-order = New order for a client
do-order-status = Change the status
do-order-product = Change production
do-order-edit = Edit
do-order-assign = Hand over
do-order-note = Admin note
do-order-delete = Delete…
do-order-restore = Restore
orders-label = Design orders, { $n ->
    [one] 1 order
   *[other] { $n } orders
 }
orders-failed = The list of orders could not be opened
do-print = Print
print-title = Print
print-what = What to print
print-list = The list as filtered
print-worksheet = Worksheet
print-reading = { $n } rows read…
print-left = { $n } more rows do not fit on paper. Filter the list.
print-older = There are older acts that do not fit on paper. Filter the trail.
print-rows = { $n ->
    [one] 1 row
   *[other] { $shown } rows
}
print-conversations = { $n ->
    [one] 1 conversation
   *[other] { $shown } conversations
}
print-clients = { $n ->
    [one] 1 client
   *[other] { $shown } clients
}
print-commands = { $n ->
    [one] 1 command
   *[other] { $shown } commands
}
print-acts = { $n ->
    [one] 1 act
   *[other] { $shown } acts
}
print-kind = Kind
print-hands = Claimed, handed to
print-last-said = Last message
print-reply-by = Reply by
print-open-requests = Requests waiting
print-open-orders = Orders under way
print-figure = Figure
print-of-what = Meaning
orders-counted = { $n ->
    [one] 1 order
   *[other] { $shown } orders
 }
print-at = Printed from Meja, { $at }
print-contact = Contact
print-notes = Notes
print-by-hand = Notes by hand
print-ours = Not yet acknowledged: this exists on this computer only.
inbox-export-title = Export inbox
orders-export-title = Export orders
export-format = File format
export-xlsx = Excel (XLSX)
export-xlsx-more = amounts and dates can be reckoned with
export-csv = CSV
export-csv-more = for any program
export-private = The file lies in the downloads folder without a password and holds clients’ data. Delete it when it is no longer needed.
orders-counters = Orders by status
orders-total = Total
orders-search-label = Search number, client or text of an order
orders-search-hint = Number, client or text
orders-not-found-text = No number, client or text of an order in this list has “{ $text }” in it.
orders-empty = No orders yet
orders-empty-as-of = No orders yet, as of { $at }
orders-empty-text = Clients’ orders appear here by themselves.
orders-empty-sifted = No order fits this filter
orders-show-all = Show all
orders-mine = Mine
orders-deleted = Deleted
orders-filter-title = Filter orders
orders-filter-all = All
row-given-to = { "" }, handed to { $name }
due-today = today
due-day = { $day } { $month }
order-number-provisional = provisional number
order-number = Number
order-number-tip = A provisional number. The server gives the real one once the order was sent.
order-detail-label = Order details
order-detail-failed = The order could not be opened
order-parts = Parts of the order
order-design = Design
order-facts = Details
order-trail = Trail
order-product = Product
order-status = Status
order-steps = Steps of the order
order-step-past = (behind it)
order-step-reason = { $status }…
order-no-designs = No design has been uploaded yet
order-deleted-by = Deleted by { $name }, { $at }.
order-kind = Kind of design
order-deadline = Deadline
order-budget = Budget
order-budget-wrong = The budget must be above zero and at most Rp 1.000.000.000.000.
order-description = Description
order-needs = Needs
order-made = Ordered
order-due = To be taken up by
order-staff-note = Admin note
order-staff-note-none = No note yet.
order-note-write = Write
order-note-edit = Edit
client-orders = { $n ->
    [one] 1 order
   *[other] { $n } orders
 }
predict-order-next = Next: **{ $status }**. The client reads “{ $text }”.
predict-order-next-unregistered = Next: **{ $status }**. The client has no account yet, so tell them yourself: “{ $text }”.
predict-order-deleted = This order is deleted. Only admins see it and can restore it.
new-order-title = New order
new-order-sub = A design for a client
new-order-submit = Enter order
edit-order-title = Edit the order of { $name }
order-save = Save
assign-order-title = Hand over the order of { $name }
order-note-title = Admin note on the order of { $name }
order-note-sub = The client does not read it. Empty it to remove it.
order-cancel-title = Cancel the order of { $name }
order-cancel-submit = Cancel order
order-move-title = Move the order of { $name } to { $status }
order-product-title = Move the product of { $name } to { $status }
order-move-submit = Move
order-delete-title = Delete the order of { $name }
order-delete-submit = Delete order
order-cancel-reason-1 = The client asked for it
order-cancel-reason-2 = The client cannot be reached
order-cancel-reason-3 = Not a service of ours
order-cancel-reason-4 = A duplicate order
order-cancel-reason-5 = Another reason
order-cancel-text-1 = Pesanan dibatalkan sesuai permintaan Anda. Silakan pesan lagi kapan saja.
order-cancel-text-2 = Kami belum berhasil menghubungi Anda. Silakan pesan lagi bila masih diperlukan.
order-cancel-text-3 = Mohon maaf, pesanan ini di luar layanan yang bisa kami kerjakan.
order-cancel-text-4 = Pesanan ini sama dengan pesanan Anda yang lain, jadi kami tutup yang ini.
order-move-reason-1 = The client changed what they need
order-move-reason-2 = The status before was wrong
order-move-reason-3 = The step was done outside Meja
order-move-reason-4 = The work is put off for now
order-move-reason-5 = Another reason
order-move-text-1 = Status disesuaikan karena kebutuhan pesanan berubah.
order-move-text-2 = Status sebelumnya keliru dan sudah kami betulkan.
order-move-text-3 = Langkah ini sudah selesai, jadi statusnya kami sesuaikan.
order-move-text-4 = Pengerjaan kami tunda sementara. Kami kabari bila dilanjutkan.
order-delete-reason-1 = A duplicate order
order-delete-reason-2 = A trial order
order-delete-reason-3 = The wrong client
order-delete-reason-4 = The client asked for it
order-delete-reason-5 = Another reason
order-delete-text-1 = Pesanan ini sama dengan pesanan Anda yang lain, jadi kami hapus yang ini.
order-delete-text-2 = Pesanan ini hanya percobaan, jadi kami hapus.
order-delete-text-3 = Pesanan ini tercatat atas nama yang keliru, jadi kami hapus.
order-delete-text-4 = Pesanan dihapus sesuai permintaan Anda.
did-to = { "" } to { $status }
did-order-create = placed the order
did-order-edit = edited the order
did-order-set-status = changed the status
did-order-set-product-status = changed production
did-order-set-note = changed the admin note
did-order-assign = handed the order over
did-order-claim = claimed the order
did-order-release = released the order
did-order-snooze = snoozed the order
did-order-wake = ended the snooze
did-order-delete = deleted the order
did-order-restore = restored the order
did-note-add = wrote a note
give-order-create = Enter order
give-order-edit = Edit order
give-order-set-status = Change order status
give-order-set-product-status = Change production
give-order-set-note = Change admin note
give-order-assign = Hand the order over
give-order-claim = Claim order
give-order-release = Release order
give-order-snooze = Snooze order
give-order-wake = End the snooze of an order
give-order-delete = Delete order
give-order-restore = Restore order
done-order-create = Order of { $name } entered
done-order-edit = Order of { $name } edited
done-order-set-status = Order of { $name }: { $status }
done-order-set-product-status = Product of { $name }: { $status }
done-order-set-note = Note on the order of { $name } saved
done-order-claim = Order of { $name } claimed
done-order-release = Order of { $name } released
done-order-snooze = Order of { $name } snoozed
done-order-wake = Order of { $name } waits again
done-order-delete = Order of { $name } deleted
done-order-restore = Order of { $name } restored
palette-order = On this order
field-design-type = Kind of design
field-description = Description
field-needs = Needs
field-deadline = Deadline
field-budget = Budget
field-product-status = Product
field-staff-note = Admin note
field-versions = Design versions
field-status-at = Status since
field-status-by = Status by
field-deleted = Deleted

## Conversations
place-conversations = Conversations
open-conversation = Open conversation
do-reply = Reply
do-quick-reply = Quick replies
do-attach = Attach files
conversations-label = Conversations, { $n } in the list
conversations-failed = The conversations cannot be opened
conversations-parts = Parts of the list
conversations-all = All
conversations-unread = Unread
conversations-waiting = Waiting for a reply
conversations-late = Reply overdue
conversations-reply-by = Reply by { $at }
conversations-search-label = Search number, client or last message
conversations-search-hint = Number, client or message
conversations-not-found-text = No number, client or last message with “{ $text }” in this list.
conversations-empty = No conversations yet
conversations-empty-as-of = No conversations as of { $at }
conversations-empty-text = A conversation begins with an order: open one and press Reply.
conversations-none-unread = All messages are read
conversations-none-waiting = No client is waiting for an answer
conversation-label = Open conversation
conversation-last-mine = You: { $text }
conversation-last-by = { $name }: { $text }
palette-conversation = In this conversation
order-talk = Conversation
order-talk-unread = { $n } new
talk-with = Conversation with { $name }
talk-log = Messages with { $name }
talk-failed = The conversation cannot be opened
talk-empty = No messages yet
talk-empty-text = Your first message begins this conversation.
talk-me = You
talk-says = { $name }:
talk-unread = Unread
talk-read = Read by the client
talk-queued = sent once connected
talk-offline = The line is down. Messages wait on this computer and are sent once it is back.
talk-older = Older messages
talk-older-elsewhere = Older messages have not come to this computer yet.
talk-older-failed = Older messages cannot be opened.
talk-to-end = To the newest message
talk-settle = Decide in the outbox
talk-copy-link = Copy the link to { $host }
talk-link-copied = Link copied
talk-link-not-copied = The link cannot be copied
talk-label = Message for { $name }
talk-hint = Write a message, or / for a quick reply
talk-new-line = new line
talk-send = Send
talk-gaps = First fill in what is marked …: { $gaps }
talk-nothing-queued = None of your messages is still queued
talk-fetched = The message is back in the box
# Files of messages.
talk-files =
    { $n ->
        [one] { $n } file
       *[other] { $n } files
    }
talk-files-with = Files with this message
talk-file-added = { $name } goes with it.
talk-file-removed = { $name } does not go with it.
talk-file-remove = Do not attach { $name }
talk-file-not-taken = { $name } was not attached. { $why }
talk-file-checking = Files are being looked at…
talk-file-look = Preview { $name }
talk-file-save = Save { $name }
talk-file-sending = Upload of { $name }
talk-file-picture = Preview of { $name }
talk-file-offline = This picture is not on this computer yet. Connect to see it.
talk-file-no-picture = No picture can be made of this file. Save it to open it.
talk-file-cancel = Do not send
talk-file-cancelled = Not sent. The text is in the box again; choose the files anew.
talk-drop-over = Let go to attach to this message
talk-versions = Attach a version
talk-version = V{ $n } · { $name }
talk-version-there = It goes with it already.
talk-version-refused = The server refused it.
talk-no-versions = This order has no version yet.
pick-label = Search quick replies
pick-hint = Search quick replies
pick-empty = No quick replies yet
pick-open = Not filled in: { $gaps }
gap-client = client's name
gap-order = order number
gap-deadline = deadline
gap-budget = budget
gap-status = status
gap-me = your name
gap-today = today's date
gap-unknown = another gap

## Settings of the organisation
settings-organisation = Organisation
settings-scope-organisation = Applies to the whole organisation
organisation-failed = The settings of the organisation cannot be opened
set-uploaders = Who may upload designs
set-uploaders-more = For uploads from now on. What was uploaded before stays.
uploaders-staff = Admin and CS
uploaders-admin = Admin only
done-setting-uploaders = Who may upload designs: { $value }
set-retention = How long design files are kept
set-retention-more = After an order is done or called off. From then on an admin may delete its files; its history stays.
retention-days = { $n } days
done-setting-retention = How long design files are kept: { $value }
setting-set-by = Set by { $name }, { $at }
setting-never-set = Default

## Quick replies
settings-replies = Quick replies
settings-scope-staff = Applies to the whole staff
replies-title = Quick replies
replies-more = Ready texts for conversations. Their gaps are filled in by themselves, also offline.
replies-failed = The quick replies cannot be opened
replies-empty-text = Write the first one, then press / in the message box.
set-reply-new = New reply
reply-new-title = New quick reply
reply-edit-title = Change quick reply
reply-sub = All admins and CS use it.
reply-title = Title
reply-text = Text
reply-gaps = Put in a gap:
reply-put-gap = Put in { $gap }
reply-unknown-gap = There is a gap that nobody knows. Use the buttons below to put one in.
reply-example = An example of what the client reads
reply-save = Save
reply-saved = Quick reply { $title } saved
reply-edit = Change { $title }
reply-edit-word = Change
reply-drop = Remove { $title }
reply-drop-word = Remove
reply-drop-title = Remove quick reply { $title }
reply-drop-text = It is offered to nobody any more. Messages that were sent stay.
reply-drop-act = Remove reply
reply-removed = Quick reply { $title } removed
field-title = Title
give-message-send = Send message
give-conversation-read = Mark as read
give-quick-reply-save = Save quick reply
give-quick-reply-remove = Remove quick reply

## Clients
place-clients = Clients
open-client = Open client
do-mail = Write mail
do-client-edit = Edit client
do-client-merge = Merge clients
give-client-merge = Merge clients
done-client-merge = Merged into { $name }
did-client-merge = merged clients
give-client-contact = Contact client
done-client-edit = { $name } edited
did-client-contact = contacted the client
did-client-export = exported the client’s data
palette-client = On this client
contact-text = Halo { $name },
contact-text-request = Halo { $name }, tentang permintaan konsultasi { $number }:
contact-text-order = Halo { $name }, tentang pesanan { $number }:
clients-label = Clients, { $n } in all
clients-failed = The list of clients could not be opened
clients-sorts = Order of clients
clients-by-name = Name
clients-by-last = Last active
clients-last = Last active
clients-search-label = Search clients by name, telephone or email
clients-not-found-text = No client has a name, telephone or email with “{ $text }”.
clients-empty = No clients yet
clients-empty-as-of = No clients yet, as of { $at }
clients-empty-text = Clients are entered with their first request or order.
client-detail-label = Open client
client-detail-failed = This client could not be opened
client-copy-phone = Copy telephone number
client-account = Account
client-account-own = Has an account
client-account-none = Entered by staff, no account
client-consent = Consent
client-consent-at = Version { $version }, { $at }
client-erased-at = Erased at
client-alike = The same number or address is on record for:
client-formers = Also on record as
client-merge-title = Merge { $name }
client-merge-who = The same person as
client-merge-find = Find another client
client-merge-find-placeholder = Name, telephone, or email
client-merge-none = No other client matches. Type a name, number, or email to find one.
client-merge-keep = Which one stays
client-merge-compared = The two clients compared
client-merge-since = Client since
client-merge-goes = The requests, orders, conversations, and notes of both become those of { $kept }. What is known of { $kept } counts; what is missing is filled in from { $from }.
client-merge-account = The account of { $from } comes along and can read all of it.
client-merge-left = The name, number, and email of { $from } stay on record and can still be found. Once sent, merging cannot be undone.
client-merge-submit = Merge
client-edit-title = Edit { $name }
client-edit-submit = Save changes
client-tale = What happened
client-tale-parts = Parts of the client’s history
client-tale-all = All
client-tale-requests = Requests
client-tale-orders = Orders
client-tale-talks = Conversations
client-tale-files = Files
client-tale-notes = Notes
client-tale-failed = The client’s history could not be opened
client-tale-none = There is nothing in this part yet
client-tale-more = Show older
client-tale-request = Request { $number }
client-tale-order = Order { $number }
client-tale-talk = Conversation { $number }
client-tale-file = Version { $version }, { $number }
client-tale-note = Note by { $name }
clients-open-requests = { $n ->
    [one] 1 waiting
   *[other] { $n } waiting
 }
clients-open-orders = { $n ->
    [one] 1 open order
   *[other] { $n } open orders
 }
do-client-export = Export client data
do-client-erase = Erase client data
client-needs-line = The server does this, so it needs a connection.
client-erase-title = Erase the data of { $name }
client-erase-goes = This client’s name, telephone, email, conversations, notes and file names are erased from every computer and from the audit, and their account is closed. This cannot be taken back.
client-erase-stays = What stays: the numbers of requests and orders, dates, statuses and amounts.
client-erase-name = Type the name “{ $name }” to go on
client-erase-other = What was typed is not “{ $name }”.
done-client-erase = The data of { $name } are erased

## Import
import-row = Row
import-reason = Reason
import-field-name = Client name
import-field-phone = Phone number
import-field-email = Email
import-field-zone = Time zone
import-field-design-type = Design type
import-field-description = Description
import-field-needs = Needs
import-field-deadline = Deadline
import-field-budget = Budget
import-field-source = Source
import-field-old-number = Order number
import-template-data = Data
import-template-notes = Notes
import-template-column = Column
import-template-note = What it takes
import-note-name = Required. At least 3 letters.
import-note-phone = May be written 0812…, 62812… or +62 812…. Known clients are recognised by it.
import-note-email = Known clients are recognised by it too.
import-note-zone = WIB, WITA or WIT. The organisation’s zone when left out.
import-note-design-type = Logo, Branding, Web, UI/UX, Print or Other. Other when left out.
import-note-description = Required where the row has an order. At most 2000 letters.
import-note-needs = May be left out. At most 2000 letters.
import-note-deadline = With its year: 10/12/2026, 2026-12-10 or 10 Dec 2026. Not in the past.
import-note-budget = Whole rupiah: 1500000 or Rp 1.500.000.
import-note-source = Phone, WhatsApp, Email, Walk-in or Other.
import-note-old-number = Its number where it comes from. It is kept in the order’s staff note.

## Import, its screen
place-import = Import
do-import-pick = Choose a file to import…
do-import-check = Check every row
do-import-begin = Import
do-import-template = Save an import template
import-open = Import clients and orders
import-sub = clients and orders from CSV or XLSX
import-not-yours = Importing is not for your role
import-not-yours-text = Only admins and CS enter clients and orders.
import-drop-over = Drop the file here to import it
import-step-file = File
import-step-columns = Columns
import-step-result = Check
import-step-begin = Begin the import
import-drop = Drop a file here, or choose one
import-reading = Reading the file
import-limits = CSV or XLSX, at most { $rows } rows, { $columns } columns, { $mb } MB
import-intro = Rows are checked first, without changing anything. What comes in can be undone for 24 hours.
import-template-lead = No table yet? Fill in this template:
import-template-xlsx = XLSX template
import-template-csv = CSV template
import-rows-n =
    { $n ->
        [one] { $n } row
       *[other] { $n } rows
    }
import-columns-n =
    { $n ->
        [one] { $n } column
       *[other] { $n } columns
    }
import-read = { $name } is read: { $rows }, { $columns }.
import-sheet = Sheet
import-other = Change file
import-drop-file = Let go
import-not-read = { $name } cannot be imported.
import-why-empty = The file is empty. Save the table again, then choose it again.
import-why-no-rows = There is no row below the column headers yet.
import-why-too-large = It is larger than { $mb } MB. Split it into several files.
import-why-too-many-rows = It has more than { $rows } rows. Split it into several files.
import-why-too-many-columns = It has more than { $columns } columns. Remove those that are not needed.
import-why-not-a-table = It holds no table. Save it from Excel or Google Sheets as CSV or XLSX.
import-why-no-such-sheet = There is no such sheet in this file.
import-why-unreadable = It is damaged or cannot be read. Open it in Excel, save it as XLSX again, then choose it again.
import-remembered = as last time for this table
import-col-header = Column in the file
import-col-examples = Examples
import-col-field = Read as
import-column = Column { $n }
import-as = Column { $column } is read as
import-skip = Skip this column
import-empty-column = nothing in it
import-moved = { $field } is no longer read from column { $column }.
import-missing = No column is read as: { $fields }. Without it no row can come in.
import-brings-clients = Each row becomes a client.
import-brings-both = Each row becomes a client, and a row with an order an order too.
import-known-by = A client whose phone number or email is known already is not made again; the order goes to that client.
import-no-contact = Without a column for phone or email, known clients cannot be recognised.
import-check-again = Check again
import-result-text = Every row is tried by the same rules as on the server. Nothing changes yet.
import-trying = Checking rows
import-tried = Checked: { $good } ready to come in, { $bad } with problems, { $known } of known clients.
import-not-tried = Check the rows first.
import-no-file = Choose a file first.
import-none-good = No row can come in. Mend the file or its columns, then check again.
import-incomplete = The copy of the clients on this computer is not complete yet. The server may recognise more of them than can be seen here.
import-all-good = Every row is ready to come in.
import-lists = What the check found
import-problems = Problems
import-twins = Known clients
import-new-clients = New clients
import-new-clients-text = will be made
import-new-orders = New orders
import-new-orders-text = will be made
import-known = Known already
import-known-text = rows of clients that exist
import-bad = With problems
import-bad-of = of { $rows }, left out
import-line-column = Column
import-line-value = Value
import-line-why = Problem
import-empty-cell = empty
import-press-apart = Enter: make it a client of its own.
import-no-problems = No row has a problem.
import-no-twins = There is no known client in this file.
import-twins-text = These rows make no new client. Press Enter on a row to make it a client of its own.
import-twin-name = Name in the file
import-twin-who = Recognised as
import-twin-how = Becomes
import-twin-is = { $who }, by { $by }
import-of-row = the client of row { $row }
import-joined = goes to that client
import-apart = a client of its own
import-first = The first { $n } of { $of }. All of them are in the file of problems.
import-write-problems = Save the rows with problems
import-write-problems-n =
    { $n ->
        [one] Save { $n } row with problems
       *[other] Save { $n } rows with problems
    }
import-write-problems-text = With the reasons; mend them there, then import that file.
import-will = { $clients } clients and { $orders } orders will be made.
import-left-out =
    { $n ->
        [one] { $n } row with problems is left out.
       *[other] { $n } rows with problems are left out.
    }
import-begin-n = Import { $rows }
import-begin-text = Can be undone for 24 hours. No client is notified.
import-beginning = Beginning the import
import-offline = Without a connection the import waits in the Outbox and leaves by itself once there is one, also after Meja was closed.
import-begun = The import has begun: { $rows }.
import-begun-offline = The import of { $rows } waits for a connection.
import-past = Imports of the last seven days
import-past-failed = The list of imports cannot be read
import-past-none = No imports yet
import-past-none-text = Imports of the last seven days stand here, and can be undone for 24 hours.
import-going = Running
import-waits = Waits for a connection
import-waits-text = The rest waits in the Outbox.
import-done = Done
import-cut = Partly in
import-cut-text = { $n } of { $of } parts are in. The rest is not sent from this computer.
import-undoing = Being undone
import-undone = Undone
import-part-undone = Partly undone
import-undone-text = What this import made is gone.
import-ended = Import { $file }: { $how }
import-made-clients =
    { $n ->
        [one] { $n } new client
       *[other] { $n } new clients
    }
import-made-orders =
    { $n ->
        [one] { $n } order
       *[other] { $n } orders
    }
import-made-known =
    { $n ->
        [one] { $n } row of a known client
       *[other] { $n } rows of known clients
    }
import-made-refused =
    { $n ->
        [one] { $n } row refused by the server
       *[other] { $n } rows refused by the server
    }
import-progress = Progress of import { $file }
import-rows-of = { $n } of { $of } rows.
import-parts-refused =
    { $n ->
        [one] { $n } part was refused as a whole; decide in the Outbox.
       *[other] { $n } parts were refused as a whole; decide in the Outbox.
    }
import-stayed =
    { $n ->
        [one] { $n } stays, because it was changed or used since
       *[other] { $n } stay, because they were changed or used since
    }
import-stayed-more = Only some of them stand here.
import-write-refused =
    { $n ->
        [one] Save { $n } refused row
       *[other] Save { $n } refused rows
    }
import-stop = Stop
import-stop-title = Stop import { $file }?
import-stop-text = { $rows } that have not been sent do not come in. { $came } rows that are in stay and can be undone.
import-stopped = What had not been sent is not sent.
import-undo = Undo this import
import-undo-title = Undo import { $file }?
import-undo-text = { $clients } clients and { $orders } orders of this import disappear from all computers. What was changed, noted or talked about since stays. Clients who were known before are not touched.
import-undo-left = Can be undone for another { $left }.
import-undo-over = More than 24 hours ago: it cannot be undone any more.
import-undo-going = Stop what has not been sent first, then it can be undone.
import-undo-theirs = Only { $name } or an admin can undo this.
import-undo-begun = The import is being undone.
import-undo-waits = The undoing waits for a connection.

## Names of many, for tables
kinds-user = Users
kinds-client = Clients
kinds-consultation = Consultations
kinds-note = Notes
kinds-notification = Notifications
kinds-setting = Settings
kinds-order = Orders
kinds-counter = Counters
kinds-file = Files
kinds-conversation = Conversations
kinds-message = Messages
kinds-read-mark = Read marks
kinds-quick-reply = Quick replies
kinds-design = Design versions
kinds-import-part = Parts of imports
