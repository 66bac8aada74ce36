package dev.interdict.server.web;

import dev.interdict.server.access.Session;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import java.util.List;
import java.util.Map;

/// The operations of the API, as pages use them: with the same rights, scopes, limits and records
/// as for any other client, so that no page can show or do more. Thread-safe.
public interface Api {

  /// Whether this server does it and somebody's roles and scope let them.
  boolean may(String operation, Session session);

  /// Reads.
  ///
  /// @param operation the id of one that changes nothing
  /// @param parameters of its path and query, by name
  /// @param page the request that the answer is for
  HttpResponse read(
      String operation, Map<String, List<String>> parameters, Session session, HttpRequest page);

  /// Does what a form asks. The form's address has the operation's parameters, its fields are the
  /// members of the body; names that begin with an underscore are the console's own.
  ///
  /// @param form its token was checked
  HttpResponse carryOut(String operation, HttpRequest form, Session session);
}
