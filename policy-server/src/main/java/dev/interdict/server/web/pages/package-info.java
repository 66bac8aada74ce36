/// The pages: one class (path, title, query) with its view record, one template and one line in
/// [dev.interdict.server.web.pages.Pages] each.
///
/// In: a request and the read-only compliance queries. Out: a view record for the template.
///
/// Must never: write, count in a second way what a query already counts, or show a number that has
/// a list behind it without the way to that list.
@NullMarked
package dev.interdict.server.web.pages;

import org.jspecify.annotations.NullMarked;
