//! What is typed of an account: name, address, roles. Each is judged by the same rule as the server's.

use domain::{
    name::{Email, PersonName},
    role::Role,
    text::Invalid,
};

/// The roles that can be given, in the order in which they are shown.
pub(super) const ROLES: [Role; 3] = [Role::Admin, Role::Cs, Role::Expert];

/// A part of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Name,
    Email,
    Roles,
}

impl Part {
    /// The id of its control.
    pub(super) const fn id(self) -> &'static str {
        match self {
            Self::Name => "staff-form-name",
            Self::Email => "staff-form-email",
            Self::Roles => "staff-form-role-admin",
        }
    }
}

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) name: String,
    pub(super) email: String,
    pub(super) roles: Vec<Role>,
}

impl Form {
    /// Switches a role on or off. Those that were there keep their order: the first one is what a screen shows.
    pub(super) fn switch(&mut self, role: &Role, on: bool) {
        self.roles.retain(|held| held != role);
        if on {
            self.roles.push(role.clone());
        }
    }
    /// What is wrong with a part.
    pub(super) fn wrong(&self, part: Part) -> Option<Invalid> {
        match part {
            Part::Name => PersonName::new(&self.name).err(),
            Part::Email => Email::new(&self.email).err(),
            Part::Roles => self.roles.is_empty().then_some(Invalid::Required),
        }
    }
    /// The first of these parts that is wrong.
    pub(super) fn first_wrong(&self, parts: &[Part]) -> Option<Part> {
        parts.iter().copied().find(|part| self.wrong(*part).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_wrong_until_everything_of_it_is_right() {
        let all = [Part::Name, Part::Email, Part::Roles];
        let mut form = Form::default();
        assert_eq!(form.first_wrong(&all), Some(Part::Name));
        form.name = "Sari Wulandari".into();
        form.email = "sari".into();
        assert_eq!(form.first_wrong(&all), Some(Part::Email));
        form.email = "sari@x.id".into();
        assert_eq!((form.first_wrong(&all), form.wrong(Part::Roles)), (Some(Part::Roles), Some(Invalid::Required)));
        form.switch(&Role::Cs, true);
        assert_eq!(form.first_wrong(&all), None);
    }

    #[test]
    fn the_first_role_stays_the_first() {
        let mut form = Form { roles: vec![Role::Expert], ..Form::default() };
        form.switch(&Role::Admin, true);
        assert_eq!(form.roles, [Role::Expert, Role::Admin]);
        form.switch(&Role::Expert, false);
        assert_eq!(form.roles, [Role::Admin]);
    }
}
