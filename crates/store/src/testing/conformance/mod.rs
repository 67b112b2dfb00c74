//! The conformance suite: one function a behaviour, every method of the contract, the same on every engine. A new engine
//! passes when `conformance_tests!` does; a new method of the contract gets its behaviour here first.

pub mod accounts;
pub mod audit;
pub mod commands;
pub mod concurrency;
pub mod feed;
pub mod jobs;
pub mod lists;
pub mod records;
pub mod transactions;
pub mod uploads;

use std::{any::Any, fmt, sync::Arc};

use crate::{Snapshot, Store};

/// An empty database of one engine, as the suite wants it.
pub struct Fixture {
    /// An instance.
    pub store: Arc<dyn Store>,
    /// Two more instances on the same database, as if they were other processes.
    pub others: [Arc<dyn Store>; 2],
    /// One that waits for its turn to write for a few milliseconds only.
    pub impatient: Arc<dyn Store>,
    /// Whether a writer goes on while a snapshot is held.
    pub reads_beside_writes: bool,
    /// What must live as long as the database.
    pub kept: Box<dyn Any + Send + Sync>,
}

impl fmt::Debug for Fixture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fixture").field("reads_beside_writes", &self.reads_beside_writes).finish_non_exhaustive()
    }
}

impl Fixture {
    /// A snapshot of now.
    pub async fn snapshot(&self) -> Box<dyn Snapshot> {
        self.store.read().await.expect("a snapshot")
    }
}

/// Makes a test of every behaviour; the expression gives a [`Fixture`] with a fresh database.
#[macro_export]
macro_rules! conformance_tests {
    ($fixture:expr) => {
        $crate::conformance_tests! { $fixture;
            transactions: an_empty_database_stands_at_its_epoch, what_was_flushed_is_read_only_inside_before_the_commit,
                dropping_a_transaction_rolls_back, a_snapshot_sees_one_moment, there_is_one_writer_at_a_time,
                after_a_failed_flush_nothing_is_committed, another_instance_hears_of_a_commit, a_new_epoch_keeps_everything_else,
                a_closed_store_is_unavailable, a_store_that_works_is_ready, a_transaction_may_flush_several_times;
            records: records_come_back_as_they_were_written, bodies_are_what_serde_makes, asking_in_any_order_gives_that_order,
                a_write_that_was_overtaken_is_refused, a_record_is_made_once, what_is_unique_stays_unique,
                what_is_given_up_is_free_in_the_same_batch, what_is_named_must_be_there, lookups_find_what_the_domain_says,
                lookups_about_many_find_what_the_domain_says,
                a_kind_is_walked_over_in_the_order_of_ids, records_are_counted_by_kind;
            feed: a_page_upwards_has_each_record_at_its_newest_number, a_page_ends_where_a_commit_ended, a_page_downwards_has_puts_only,
                several_principals_get_a_record_once, a_gone_is_told_only_when_nobody_holds_a_put, work_is_what_is_open_and_what_it_names,
                the_check_counts_what_is_held, what_was_published_is_told_for_everybody, holders_are_those_with_puts,
                somebody_unknown_has_an_empty_feed, what_nobody_may_know_of_stands_in_no_feed, a_walk_in_pages_of_any_size_meets_every_record_once;
            audit: links_follow_each_other, a_link_that_does_not_follow_is_refused, commits_end_where_links_say,
                the_audit_is_read_newest_first_and_filtered, the_chain_verifies_after_values_were_erased, what_an_erased_person_did_leaves_the_audit, revisions_know_their_commands;
            commands: outcomes_are_read_by_number, known_commands_are_found_by_id, a_command_is_known_once,
                answers_are_remembered_under_their_whole_key;
            accounts: an_account_is_found_by_address_and_id, staff_are_listed_by_address, devices_come_and_go,
                ending_all_devices_spares_one, pairs_are_found_by_either_token, voided_pairs_stay_and_are_void,
                a_reset_is_used_once, a_second_factor_is_kept_and_dropped, a_recovery_code_is_used_once, an_erased_person_keeps_no_secrets, what_is_kept_beside_the_records_forgets_an_erased_person, the_audience_version_is_kept;
            jobs: jobs_are_claimed_when_due_and_leased, a_job_is_added_once, a_job_ends_done_dead_or_is_tried_again,
                what_is_over_is_forgotten_in_time;
            uploads: an_upload_moves_on_from_where_it_stands, an_upload_is_made_once, an_idle_upload_is_found, uploads_expire;
            lists: a_client_reads_their_own_records_newest_first, a_person_reads_their_notifications_newest_first,
                a_conversation_is_read_in_pages_newest_first;
            concurrency: many_writers_leave_no_gap, a_reader_never_misses_and_never_sees_a_late_number;
        }
    };
    ($fixture:expr; $($module:ident: $($name:ident),+;)*) => {$(
        mod $module {
            use super::*;
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $name() {
                    let fixture = $fixture.await;
                    $crate::testing::conformance::$module::$name(&fixture).await;
                }
            )+
        }
    )*};
}
