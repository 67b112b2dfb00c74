//! The first picture, and the person's own settings.

use bridge::{Boot, DeskError, Event, GetPreferences, Preferences, Present, SetPreferences, Start, TestToast, TestToastReply};

use crate::{desk::Desk, session::Phase};

impl Desk {
    /// Everything the window needs for its first picture. It waits until the session of the last time is open.
    ///
    /// # Errors
    /// Why that session's files cannot be opened, where a login would not help: `too_new`, `disk`, `internal`. Asking again
    /// tries again.
    pub async fn start(&self, _: Start) -> Result<Boot, DeskError> {
        let _gate = self.inner.gate.lock().await;
        if matches!(*self.inner.phase.read().await, Phase::Failed(_)) {
            self.resume().await;
        }
        let now = self.inner.now().await;
        let phase = self.inner.phase.read().await;
        if let Phase::Failed(error) = &*phase {
            return Err(error.clone());
        }
        // Whoever asks this listens: what waited for the window is told after the answer, or before it.
        self.inner.clicks.window_listens();
        self.show_clicked_soon();
        let version = self.inner.parts.options.version.clone();
        Ok(Boot { preferences: self.inner.preferences(), session: phase.state(), version, now })
    }
    /// The person's own settings.
    ///
    /// # Errors
    /// None.
    pub async fn get_preferences(&self, _: GetPreferences) -> Result<Preferences, DeskError> {
        Ok(self.inner.preferences())
    }
    /// Changes them; the answer is what holds now.
    ///
    /// # Errors
    /// `bad_call` for what cannot be chosen, `disk`.
    pub async fn set_preferences(&self, query: SetPreferences) -> Result<Preferences, DeskError> {
        let before = self.inner.preferences();
        self.inner.set_preferences(query.preferences.clone())?;
        self.inner.somebody_is_here();
        self.inner.tell(Event::Preferences { preferences: query.preferences.clone() });
        if before.zone != query.preferences.zone
            && let Ok(work) = self.inner.work().await
        {
            // What is due today is so by other days now.
            let version = work.cabinet.version().await;
            self.inner.tell(Event::Changed { records: Vec::new(), version });
        }
        Ok(query.preferences)
    }
    /// Somebody is at the window: until nobody is for as long as they have set, the desk does not lock itself.
    ///
    /// # Errors
    /// None.
    pub async fn present(&self, _: Present) -> Result<(), DeskError> {
        self.inner.somebody_is_here();
        Ok(())
    }
    /// Shows a notification now, whatever the settings say, and waits for what the system makes of it.
    ///
    /// # Errors
    /// None: that the system shows none is an answer.
    pub async fn test_toast(&self, _: TestToast) -> Result<TestToastReply, DeskError> {
        Ok(TestToastReply { shown: self.inner.test_toast().await })
    }
}
