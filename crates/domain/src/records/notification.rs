//! Lines in a person's list of notifications. The list is the truth; toasts are haste.

use super::{OrderStatus, ProductStatus};
use crate::{
    id::{NotificationId, UserId},
    record::{RecordRef, column_types, record},
    role::Person,
    time::UtcMillis,
    wire_enum::wire_enum,
};

wire_enum! {
    /// What a notification tells. Its words are in the catalogue (`notification-…`); those a client reads are the seeds'.
    pub enum NotificationKind {
        /// «Menunggu respon dari admin».
        ConsultationWaiting = "consultation_waiting",
        /// «Konsultasi Diterima».
        ConsultationAccepted = "consultation_accepted",
        /// «Konsultasi Ditolak», with the reason.
        ConsultationRejected = "consultation_rejected",
        /// «Konsultasi Dibatalkan», with the reason; a colleague whose client called it off is told the client's name.
        ConsultationCancelled = "consultation_cancelled",
        /// «Pesanan berhasil dibuat».
        OrderCreated = "order_created",
        /// An order stands at its beginning again.
        OrderPending = "order_pending",
        /// An order will be made.
        OrderApproved = "order_approved",
        /// An order is being made.
        OrderInProgress = "order_in_progress",
        /// There is something for the client to look at.
        OrderReview = "order_review",
        /// An order is done.
        OrderCompleted = "order_completed",
        /// An order was called off, with the reason.
        OrderCancelled = "order_cancelled",
        /// An order was deleted, with the reason.
        OrderDeleted = "order_deleted",
        /// What is made for an order is not begun, as it stands now.
        ProductPending = "product_pending",
        /// It is being made.
        ProductProses = "product_proses",
        /// It is made.
        ProductSelesai = "product_selesai",
        /// A version was made for the client to look at, with its number.
        DesignSubmitted = "design_submitted",
        /// Somebody wrote in the conversation about an order: one line for all that were not read, with the first words of the last.
        MessageReceived = "message_received",
        /// Somebody gave a colleague a piece of work.
        ItemAssigned = "item_assigned",
    }
}
column_types! { Text: NotificationKind; }

impl NotificationKind {
    /// What the client is told of an order that stands here now.
    #[must_use]
    pub const fn of_order(status: &OrderStatus) -> Self {
        match status {
            OrderStatus::Pending | OrderStatus::Unknown(_) => Self::OrderPending,
            OrderStatus::Approved => Self::OrderApproved,
            OrderStatus::InProgress => Self::OrderInProgress,
            OrderStatus::Review => Self::OrderReview,
            OrderStatus::Completed => Self::OrderCompleted,
            OrderStatus::Cancelled => Self::OrderCancelled,
        }
    }
    /// What the client is told of how far it is with what is made for them.
    #[must_use]
    pub const fn of_product(status: &ProductStatus) -> Self {
        match status {
            ProductStatus::Pending | ProductStatus::Unknown(_) => Self::ProductPending,
            ProductStatus::Proses => Self::ProductProses,
            ProductStatus::Selesai => Self::ProductSelesai,
        }
    }
}

record! {
    /// A line in one person's list of notifications.
    pub struct Notification(Notification) {
        /// Its id.
        pub id: NotificationId,
        /// Whose list it stands in.
        pub user_id: UserId,
        /// What it tells.
        pub kind: NotificationKind,
        /// What it is about.
        pub record: RecordRef,
        /// Who caused it; a client is not told.
        pub by: Option<Person>,
        /// What was said with it: the reason of a rejection, the word with an acceptance.
        pub detail: Option<String>,
        /// When it came.
        pub created_at: UtcMillis,
        /// When it was read.
        pub read_at: Option<UtcMillis>,
    }
}
