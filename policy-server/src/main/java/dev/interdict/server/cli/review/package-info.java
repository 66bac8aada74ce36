/// Commands by which a rule that makes agents do more comes to the list: drafts, previews, reviews.
///
/// Who may do what is said by the accounts and by the slice of reviews, never here.
@NullMarked
package dev.interdict.server.cli.review;

import org.jspecify.annotations.NullMarked;
