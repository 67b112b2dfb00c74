# Answers of the server that are not a rule's reason: HTTP errors (RFC 9457).

problem-malformed = The request cannot be read.
problem-invalid-args = Something that was entered is not right.
problem-idempotency-key-required = The header Idempotency-Key is required: 1 to 255 visible characters.
problem-idempotency-key-reused = This Idempotency-Key was used with another body.
problem-idempotency-in-progress = A request with this Idempotency-Key is still being worked on.
problem-token-unknown = Please log in again.
problem-token-expired = The token has expired.
problem-token-reused = An old token was used again. This device was ended for safety.
problem-device-ended = This device was ended.
problem-invalid-credentials = The address or the password is wrong.
problem-not-staff = This is not an account of the staff.
problem-not-client = This is not a client's account.
problem-account-disabled = This account is disabled.
problem-not-found = Not found.
problem-method-not-allowed = There is no such method at this address.
problem-request-timeout = The request took too long to arrive.
problem-cursor-reset = This position does not belong to your data or rights as they are. Begin anew.
problem-too-large = The body of the request is too large.
problem-unsupported-media-type = The body of the request must be application/json.
problem-reset-token-invalid = The code is not valid, was used, or has expired.
problem-too-many-requests = Too many failed attempts. Try again later.
problem-internal = The server could not do it.
problem-unavailable = The server is busy. Try again in a moment.
