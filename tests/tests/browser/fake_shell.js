// A shell as Tauri 2 puts it into the page: enough of it to answer the window's first questions and to tell it something.
// What was called is kept in `asked`; `tell` sends an event to whoever listens.
(() => {
  const now = "2026-11-24T03:42:07.000Z";
  const record = "019abf6b-9d3c-7c11-8a52-0123456789ab";
  const session = {
    user: "019abf6b-9d3c-7c11-8a52-000000000001", name: "Dewi Anggraini", email: "dewi@ruangkarsa.id", roles: ["admin"],
    org_name: "Ruang Karsa", zone: "Asia/Jakarta", server: "meja.ruangkarsa.id", device: null,
  };
  const status = {
    connection: "online", as_of: now, offline_since: null, now, complete: true, records: 3, queued: 0, refused: 0,
    conflicts: 0, waiting: 1, late: 0, unread: 1, paused_until: null, quiet: false, quiet_until: null, stuck: null,
  };
  const consultation = {
    id: record, number: "KG-20261124-ABCDEF", client_id: "019abf6b-9d3c-7c11-8a52-000000000002", client_name: "Rani Kusumawardani",
    client_zone: "Asia/Jakarta", source: "app", requested_date: "2026-11-26", topic: "Tinjau CV", status: "waiting",
    due_at: "2026-11-24T04:54:00.000Z", created_at: "2026-11-24T01:54:00.000Z", updated_at: "2026-11-24T01:54:00.000Z", history: [],
  };
  const waits = { due: consultation.due_at, since: consultation.created_at, why: { why: "answer" } };
  const row = { item: { kind: "consultation", record: consultation }, waits, group: "today", ours: false, mark: null, command: null, claim_ours: false, unseen: true };
  const client = name => ({ id: "019abf6b-9d3c-7c11-8a52-000000000002", name, zone: "Asia/Jakarta", user_id: null, phone: null, email: null,
    created_at: now, updated_at: now });
  // Beside the request there is a conversation, whose one message carries a picture.
  const person = { id: "019abf6b-9d3c-7c11-8a52-000000000003", name: "Putri Handayani" };
  const conversation = {
    id: record, order_number: "ORD-202611-0041", client_id: "019abf6b-9d3c-7c11-8a52-000000000002", client_name: person.name,
    client_zone: "Asia/Jakarta", messages: 1, last_text: "Ini contohnya.", last_files: 1, last_at: now, last_from: "client",
    last_by: person, answered: 1, client_read: 0, created_at: now, updated_at: now,
  };
  const message = {
    id: record, order_id: record, number: 1, from: "client", author: person, text: conversation.last_text, created_at: now,
    attachments: [{ sha256: "a".repeat(64), size: 68, media_type: "image/png", name: "contoh.png" }],
  };
  const preferences = { lang: "id", theme: "light", contrast: "system", motion: "reduced", hold_seconds: 8 };
  const answers = {
    start: () => ({ preferences, session: { state: "open", session }, version: "1.2.3", now }),
    recovered: () => ({ held: [], salvaged: null }),
    status: () => status,
    // Rows that came later are left out and counted, until the window says that it lets everything in.
    inbox: async ({ query }) => {
      if (shell.slow) await new Promise(resolve => { shell.answerInbox = resolve; });
      const rows = query.shown == null ? [row, ...shell.arrived.map(arrived)] : [row];
      return {
        rows, offset: 0, at: query.around ? place(rows, query.around) : null, total: rows.length, groups: [["today", rows.length]],
        counts: { waiting: rows.length, late: 0, today: rows.length, unseen: 1, requests: rows.length, orders: 0, conversations: 0, mine: 0, snoozed: 0 },
        newer: query.shown == null ? 0 : shell.arrived.length, version: 7 + shell.arrived.length,
      };
    },
    conversations: () => ({
      rows: [{ conversation, unread: 0, status: null, ours: false, mark: null }],
      offset: 0, at: 0, total: 1, all: 1, unread: 0, waiting: 0,
    }),
    talk: () => ({
      conversation, messages: [{ message, files: [{ transfer: null, here: false }], mine: false, state: null, command: null }],
      stranded: [], more: false, read: 1, unread: 0, verdict: { state: "allowed" },
    }),
    file_image: () => shell.picture == null ? { none: { why: "offline" } } : { image: { media_type: "image/png", width: 1, height: 1, data: shell.picture } },
    notifications: () => ({ items: [], unread: 0 }),
    mark_seen: () => null,
    present: () => null,
    // Answered when the test says so, in the order that it chooses.
    clients: ({ query }) => new Promise(resolve => { shell.waiting[query.text] = name => resolve([{ client: client(name), waiting: null }]); }),
    quit: () => null,
    submit: () => ({ id: "019abf6b-9d3c-7c11-8a52-00000000000a", receipt: "7QF-2MX-K4", prediction: { state: "applied" }, held_ms: 8000 }),
    "plugin:event|listen": ({ event, handler }) => { listeners.push({ event, handler }); return listeners.length; },
  };
  const place = (rows, record) => {
    const at = rows.findIndex(r => r.item.record.id == record.id);
    return at < 0 ? null : at;
  };
  const arrived = (name, n) => ({ ...row, item: { kind: "consultation", record: { ...consultation, id: `019abf6b-9d3c-7c11-8a52-00000000010${n}`, client_name: name } } });
  const callbacks = new Map(), listeners = [], asked = [];
  const shell = {
    asked,
    transformCallback(callback) {
      callbacks.set(callbacks.size + 1, callback);
      return callbacks.size;
    },
    async invoke(command, args) {
      asked.push({ command, args });
      if (command === "detail") throw { code: "disk", diagnosis: "detail: no space" };
      if (!(command in answers)) throw `${command} not allowed. Permissions associated with this command: none`;
      return answers[command](args);
    },
    tell(payload) {
      listeners.filter(l => l.event === "meja").forEach(l => callbacks.get(l.handler)({ event: "meja", id: 1, payload }));
    },
    status,
    session,
    preferences,
    arrived: [],
    // Whether the list is answered when the test says so, by `answerInbox`.
    slow: false,
    // The bytes of the picture, once the desk has them.
    picture: null,
    waiting: {},
  };
  Object.defineProperty(window, "__TAURI_INTERNALS__", { value: shell });
})();
