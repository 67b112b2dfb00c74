//! Views that a person saves: a list with its search under a name of their own (ui.md, sections 3 and 7; issue 4). What they
//! may be called and how many there may be is said here, for the dialog that names them and for the desk that keeps them.

use crate::text::{Invalid, ViewName, ViewSearch};

/// The most views that one person keeps.
pub const MOST: usize = 20;
/// How many of them have a key: G and their number.
pub const WITH_KEY: usize = 9;

/// What is wrong with a list of views.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ViewProblem {
    /// There are more than [`MOST`].
    #[error("views: too many")]
    TooMany,
    /// The name of one, counted from 0, cannot be one.
    #[error("views: the name of {0} is {1}")]
    Name(usize, Invalid),
    /// The name of one, counted from 0, is the name of an earlier one.
    #[error("views: {0} has the name of another one")]
    Taken(usize),
    /// What one of them, counted from 0, looks for is too long.
    #[error("views: the search of {0} is {1}")]
    Search(usize, Invalid),
}

/// Whether two names are one for whoever reads them: case and blanks make no difference.
#[must_use]
pub fn is_same_name(a: &str, b: &str) -> bool {
    let plain = |name: &str| crate::text::clean_line(name).to_lowercase();
    plain(a) == plain(b)
}

/// Checks views as they would be kept, each with its name and what it looks for; the answer is both as they are kept.
///
/// # Errors
/// The first thing that is wrong, [`ViewProblem`].
pub fn check<'a>(views: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Vec<(ViewName, ViewSearch)>, ViewProblem> {
    let mut kept: Vec<(ViewName, ViewSearch)> = Vec::new();
    for (at, (name, search)) in views.into_iter().enumerate() {
        if at == MOST {
            return Err(ViewProblem::TooMany);
        }
        let name = ViewName::new(name).map_err(|why| ViewProblem::Name(at, why))?;
        if kept.iter().any(|(other, _)| is_same_name(other.as_str(), name.as_str())) {
            return Err(ViewProblem::Taken(at));
        }
        kept.push((name, ViewSearch::new(search).map_err(|why| ViewProblem::Search(at, why))?));
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(&[], Ok(()))]
    #[case(&[("Rani", "rani"), ("Logo", "")], Ok(()))]
    #[case(&[("  ", "")], Err(ViewProblem::Name(0, Invalid::Required)))]
    #[case(&[("Rani", ""), ("Logo", ""), (" rani", "logo")], Err(ViewProblem::Taken(2)))]
    #[case(&[("Hj. Nur'aini Al-Farizi Kusumaningrum, S.Psi.", "")], Err(ViewProblem::Name(0, Invalid::TooLong(40))))]
    fn what_views_may_be_called(#[case] views: &[(&str, &str)], #[case] expected: Result<(), ViewProblem>) {
        assert_eq!(check(views.iter().copied()).map(drop), expected);
    }

    #[test]
    fn a_search_has_an_end_and_so_has_the_list() {
        let long = "a".repeat(201);
        assert_eq!(check([("Rani", long.as_str())]).map(drop), Err(ViewProblem::Search(0, Invalid::TooLong(200))));
        let names: Vec<String> = (0..=MOST).map(|n| format!("Tampilan {n}")).collect();
        let all = |most: usize| check(names.iter().take(most).map(|name| (name.as_str(), ""))).map(|kept| kept.len());
        assert_eq!((all(MOST), all(MOST + 1)), (Ok(MOST), Err(ViewProblem::TooMany)));
    }

    #[test]
    fn a_name_is_kept_as_one_line() {
        let kept = check([(" Klien\tlama\n", "rani ")]).unwrap();
        assert_eq!((kept[0].0.as_str(), kept[0].1.as_str()), ("Klien lama", "rani"));
    }
}
