# The business's words: states, acts, reasons, notifications. What clients read is Indonesian in every language of the window.

## Days, months, time
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
weekday-long-1 = Monday
weekday-long-2 = Tuesday
weekday-long-3 = Wednesday
weekday-long-4 = Thursday
weekday-long-5 = Friday
weekday-long-6 = Saturday
weekday-long-7 = Sunday
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
date = { $day } { $month } { $year }
date-long = { $weekday }, { $date }
date-short = { $weekday }, { $day } { $month }
today = Today
yesterday = Yesterday
tomorrow = Tomorrow
span-seconds = { $n } s
span-minutes = { $n } min
span-hours = { $n } h
span-hours-minutes = { $h } h { $m } m
span-days =
    { $n ->
        [one] { $n } day
       *[other] { $n } days
    }

## Kinds of records
kind-user = User
kind-client = Client
kind-consultation = Consultation
kind-note = Note
kind-notification = Notification
kind-setting = Setting
kind-order = Order
kind-counter = Counter
kind-file = File
kind-conversation = Conversation
kind-message = Message
kind-read-mark = Read mark
kind-quick-reply = Quick reply
kind-design = Design version
kind-import-part = Part of an import

## Roles
role-admin = Admin
role-cs = CS
role-expert = Expert
role-client = Client
role-unknown = Other role

## States of a consultation request (M-01)
status-consultation-waiting = Waiting
status-consultation-accepted = Accepted
status-consultation-rejected = Rejected
status-consultation-cancelled = Cancelled
status-unknown = New state

## States of a design order (M-06)
status-order-pending = Pending
status-order-approved = Approved
status-order-in-progress = In progress
status-order-review = In review
status-order-completed = Completed
status-order-cancelled = Cancelled

## The states of a design version (M-07)
status-design-uploaded = Uploaded
status-design-submitted = Submitted
status-design-approved = Approved by client
status-design-revision-requested = Revision requested
status-design-superseded = Superseded

## States of an order's product
status-product-pending = Not started
status-product-proses = In production
status-product-selesai = Done

## Kinds of design (R-070)
design-logo = Logo
design-branding = Branding
design-web-design = Web
design-ui-ux = UI/UX
design-print-design = Print
design-dll = Other
design-unknown = New kind

## States of a staff account
status-user-active = Active
status-user-disabled = Disabled
status-user-invited = Invited

## States of a command (M-12)
command-held = Held briefly
command-queued = Queued
command-sent = Sending
command-applied = Acknowledged
command-refused = Refused by server
command-conflict = Conflict
command-blocked = Blocked
command-unknown = Unknown to server
command-settled = Handled

## Connection
connection-online = Connected
connection-catching-up = Catching up
connection-reconnecting = Reconnecting
connection-offline = Offline
connection-paused = Paused
connection-locked = Locked
connection-revoked = Device revoked

## Where a request came from
source-app = Client app
source-phone = Telephone
source-whatsapp = WhatsApp
source-email = Email
source-walk-in = Walk-in
source-other = Other

## Acts
act-consultation-request = Request consultation
act-consultation-accept = Accept
act-consultation-reject = Reject
act-consultation-cancel = Cancel
act-item-claim = Claim
act-item-release = Release
act-item-snooze = Snooze
act-item-wake = End snooze
act-item-assign = Hand over
act-note-add = Add note
act-order-create = Enter order
act-order-edit = Edit order
act-order-set-status = Change status
act-order-set-product-status = Change production
act-order-set-note = Change admin note
act-order-assign = Hand over
act-order-claim = Claim
act-order-release = Release
act-order-snooze = Snooze
act-order-wake = End snooze
act-order-delete = Delete order
act-order-restore = Restore order
act-design-upload = Upload a design version
act-design-submit = Submit to the client
act-design-set-current = Make the current version
act-design-purge = Delete the file of a version
act-design-approve = Approve the design
act-design-request-revision = Request a revision
act-message-send = Send message
act-conversation-read = Mark as read
act-quick-reply-save = Save quick reply
act-quick-reply-remove = Remove quick reply
act-client-create = Add client
act-client-edit = Edit client
act-client-contact = Contact client
act-client-merge = Merge clients
act-import-rows = Import rows
act-import-undo = Undo import
act-notification-read = Mark as read
act-setting-set = Change setting
act-account-register = Register
act-user-add = Add user
act-user-invite = Invite staff
act-user-edit = Edit user
act-user-set-status = Change account state
act-user-set-password = Set password
act-file-put = Upload file
act-user-send-link = Send a password link
act-device-revoke = Revoke device
act-account-factor-on = Turn on two-step verification
act-account-factor-off = Turn off two-step verification
act-account-factor-codes = Make new recovery codes
act-account-reset-factor = Reset two-step verification
act-client-export = Export client data
act-client-erase = Erase client data

## Notifications. The first four are read by clients.
notification-consultation-waiting = Waiting for the admin's answer
notification-consultation-accepted = Consultation accepted
notification-consultation-rejected = Consultation rejected
notification-consultation-cancelled = Consultation cancelled
notification-order-created = Your order has been placed
notification-order-pending = Your order is waiting again
notification-order-approved = Your order is approved
notification-order-in-progress = Your order is being made
notification-order-review = Your design is ready for review
notification-order-completed = Your order is completed
notification-order-cancelled = Your order was cancelled
notification-order-deleted = Your order was deleted
notification-product-pending = The product of your order has not been started
notification-product-proses = The product of your order is being made
notification-product-selesai = The product of your order is made
notification-design-submitted = There is a new design version for you to look at
notification-message-received = New message about your order
notification-item-assigned = Work was handed over to you
notification-unknown = New notification

## Reasons of refusals
refusal-not-allowed = Your role may not do this.
refusal-not-found = This record does not exist, or is not for you.
refusal-already-exists = A record with this id exists already.
refusal-not-waiting = This request is no longer waiting.
refusal-not-open = This request is closed.
refusal-not-pending = This order is in hand already, so its client can no longer change it.
refusal-not-next = This is not the next step. Only an admin can skip steps, with a reason.
refusal-design-missing = There is no design version yet, so the product cannot be called done.
refusal-file-missing = The file is not on the server yet.
refusal-same-design = This order has a version with exactly the same content.
refusal-not-uploaded = This version was submitted to the client already.
refusal-not-submitted = This version does not wait for the client’s answer.
refusal-is-current = This version is the current one already.
refusal-purged = The file of this version was deleted.
refusal-still-open = This order is neither done nor called off.
refusal-delivered = This is what the client approved of an order that is done, so its file is kept.
refusal-too-early = It is not over yet for how long it is kept.
refusal-deleted = This order was deleted.
refusal-not-deleted = This order is not deleted.
refusal-reason-required = A reason is needed, at least 3 characters.
refusal-date-in-past = The date has passed.
refusal-date-too-far = The date is too far ahead.
refusal-already-waiting = This client still has a waiting request.
refusal-claimed-by-other = Somebody else is working on it.
refusal-not-claimed = You are not holding it.
refusal-not-snoozed = It is not snoozed.
refusal-cannot-work = This person cannot be given work.
refusal-no-account = This client has no account yet and could not read the conversation.
refusal-erased = This client's data were erased.
refusal-no-contact = This client cannot be reached that way: their mobile number or address is not on record.
refusal-email-taken = This email already has an account.
refusal-own-account = This is your own account. Ask another admin to do it.
refusal-account-disabled = This account is disabled. Enable it first.
refusal-not-joined = This person has not taken the invitation yet. Send it again.
refusal-invalid-args = Something in the form is not right yet.
refusal-unknown-command = This server does not know that act yet.
refusal-command-id-reused = This command number was used before.
refusal-too-old = This command is too old to be sent.
refusal-too-large = This command is too large to be sent.
refusal-two-clients = The telephone number is one client’s, but the address another’s.
refusal-merged = This client was already merged into another.
refusal-two-accounts = Both have an account of their own, so they cannot be merged.
refusal-too-many = Too much would have to move at once to merge them.
refusal-undone = This import was undone already.
refusal-undo-over = An import can be undone within 24 hours only.
refusal-stale = The data changed since you saw it.
refusal-internal = The server could not do it. Nothing changed.
refusal-unknown = The server refused for a reason not known here.

## Wrong values
invalid-required = Required.
invalid-too-short = Too short, at least { $bound } characters.
invalid-too-long = Too long, at most { $bound } characters.
invalid-bad-character = Contains a character that is not allowed.
invalid-malformed = Not recognised.
invalid-unknown = No such choice.
invalid-out-of-range = Outside the allowed range.
invalid-too-easy = Too easy to guess.
invalid-wrong = Does not match.

## Mail
mail-reset-subject = Reset your { $org } password
mail-reset-body =
    Somebody asked for a new password for your account at { $org }.

    Code: { $token }

    The code is valid for 1 hour and only once. If it was not you, ignore this mail; your password has not changed.

mail-reset-body-link =
    Somebody asked for a new password for your account at { $org }.

    Open this link to choose it:
    { $link }

    If the link cannot be opened, enter this code in Meja, under “Forgot your password?” and “I have a code”.

    Code: { $token }

    Both are valid for 1 hour and only once. If it was not you, ignore this mail; your password has not changed.
mail-invite-subject = Invitation to { $org } on Meja
mail-invite-body =
    You are invited to join the staff of { $org } on Meja.

    Code: { $token }

    Open Meja, enter the address of the server that your admin gave you, then choose “Forgot your password?” and “I have a code”. Enter this code and the password you choose.

    The code is valid for 72 hours and only once. If you do not know { $org }, ignore this mail.
mail-invite-body-link =
    You are invited to join the staff of { $org } on Meja.

    Open this link to choose your password:
    { $link }

    Then open Meja, enter the address of the server, { $server }, and log in.

    If the link cannot be opened, enter this code in Meja, under “Forgot your password?” and “I have a code”.

    Code: { $token }

    Both are valid for 72 hours and only once. If you do not know { $org }, ignore this mail.

## Files that are not taken
file-policy-unknown = No file can be sent for this yet.
file-too-large = The file is larger than 10 MB.
file-empty = The file is empty.
file-name-unusable = The file’s name cannot be used.
file-extension-unknown = Files of this kind are not taken.
file-type-mismatch = The file is declared as another kind than its name says.
file-magic-mismatch = The file is not what its name says.
file-trailing-data = Something else stands behind the end of the file.
file-two-kinds = The file is a file of another kind as well.
file-truncated = The file is cut off.
file-damaged = The file is damaged.
file-too-many-pixels = The image is larger than 40 megapixels.
file-zip-empty = The archive is empty.
file-zip-spanned = The archive is one part of several.
file-zip-not-at-start = Something else stands before the archive.
file-zip-directory = The archive’s directory does not say what is in it.
file-zip-too-many-entries = The archive holds more than 1,000 files.
file-zip-too-large = What the archive holds is larger than 1 GB.
file-zip-ratio = The archive is packed far more than is usual.
file-zip-overlap = Files in the archive overlap.
file-zip-path = The archive holds a name that is not safe.
file-zip-link = The archive holds a link to another place.
file-zip-nested = The archive holds another archive.
file-hash-mismatch = What arrived is not what was sent.
file-too-many-files = At most five files go with one message.
