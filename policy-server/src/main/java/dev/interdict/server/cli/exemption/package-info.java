/// Commands that show requests for exemptions and take the decisions of people.
///
/// Who may decide what is said by the accounts and by the slice of exemptions, never here.
@NullMarked
package dev.interdict.server.cli.exemption;

import org.jspecify.annotations.NullMarked;
