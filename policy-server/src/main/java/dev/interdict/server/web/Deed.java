package dev.interdict.server.web;

import org.jspecify.annotations.Nullable;

/// What a form does: an operation of the API, about one thing. Immutable.
///
/// @param operation its id
/// @param href where the form goes, with the parameters of the operation's address
/// @param seen the version that the page shows, for operations that ask for it
/// @param then where to go when it is done, with members of the answer in braces, such as
///   `/drafts/{id}`; null for where the form is
public record Deed(String operation, Href href, @Nullable String seen, @Nullable String then) {
  static final String PATH = "/do";

  public static Deed of(String operation) {
    return new Deed(operation, Href.to(PATH, operation), null, null);
  }

  /// With one more parameter.
  public Deed with(String parameter, String value) {
    return new Deed(operation, href.with(parameter, value), seen, then);
  }

  /// On the version that is shown.
  ///
  /// @param tag as the API gave it
  public Deed on(String tag) {
    return new Deed(operation, href, tag, then);
  }

  /// With another page to go to.
  public Deed leadingTo(String page) {
    return new Deed(operation, href, seen, page);
  }
}
