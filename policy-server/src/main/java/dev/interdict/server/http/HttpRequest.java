package dev.interdict.server.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request as a handler sees it: canonical path, bounded body, everything else as sent.
///
/// @param path as sent; the listener lets only canonical paths through
/// @param query as sent, without the question mark; null where there is none
/// @param headers by lower-case name, each with all of its fields
/// @param address the client's in digits: the peer's, or what a trusted proxy says of it
///   ([Proxies])
/// @param secure whether the client spoke TLS, to us or to a trusted proxy
/// @param captured what the route's placeholders stand for
public record HttpRequest(
    String method,
    String path,
    @Nullable String query,
    Map<String, List<String>> headers,
    String address,
    boolean secure,
    Map<String, String> captured,
    byte[] body) {

  /// The same with its body.
  HttpRequest with(byte[] sent) {
    return new HttpRequest(method, path, query, headers, address, secure, captured, sent);
  }

  /// The request target as sent (RFC 9112, 3.2.1): the path, and the query where there is one.
  public String target() {
    return query == null ? path : path + "?" + query;
  }

  /// The request by which the same client would get what is at another address of this host.
  ///
  /// @param address a canonical path, with or without a query
  public HttpRequest get(String address) {
    var mark = address.indexOf('?');
    return new HttpRequest(
        "GET",
        mark < 0 ? address : address.substring(0, mark),
        mark < 0 ? null : address.substring(mark + 1),
        headers,
        this.address,
        secure,
        Map.of(),
        new byte[0]);
  }

  /// The request that a page makes on behalf of this one: of the same client, with nothing of what
  /// this one sent.
  ///
  /// @param places what the route's placeholders stand for
  /// @param fields of the header, by lower-case name
  public HttpRequest onBehalf(
      String method,
      String path,
      Map<String, List<String>> parameters,
      Map<String, String> places,
      Map<String, String> fields,
      byte[] body) {
    var headers = new LinkedHashMap<String, List<String>>();
    fields.forEach((name, value) -> headers.put(name, List.of(value)));
    return new HttpRequest(
        method,
        path,
        parameters.isEmpty() ? null : FormEncoding.encode(parameters),
        headers,
        address,
        secure,
        places,
        body);
  }

  /// The same on a route whose placeholders stand for that.
  public HttpRequest with(Map<String, String> places) {
    return new HttpRequest(method, path, query, headers, address, secure, places, body);
  }

  /// A header field's value; null where it is absent. A field sent twice refuses the request, for
  /// two readers might pick different ones.
  ///
  /// @param name in lower case
  public @Nullable String header(String name) {
    var values = headers.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw refused("the header field " + name + " is sent twice");
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  /// What the placeholder `{name}` of the route stands for.
  public String part(String name) {
    var part = captured.get(name);
    if (part == null) {
      throw new IllegalStateException("the route of " + path + " has no {" + name + "}");
    }
    return part;
  }

  /// The query's parameters by name, each with all of its values in their order.
  public Map<String, List<String>> parameters() {
    return query == null ? Map.of() : FormEncoding.decode(query);
  }

  /// The first value of a query parameter, or null.
  public @Nullable String parameter(String name) {
    var values = parameters().get(name);
    return values == null ? null : values.getFirst();
  }

  /// Whether the body is a submitted form.
  public boolean isForm() {
    var type = header("content-type");
    return type != null && (FormEncoding.is(type) || MultipartForm.is(type));
  }

  /// The fields of a submitted form; a file that came with it is its text.
  public Map<String, List<String>> form() {
    var type = header("content-type");
    if (type != null && MultipartForm.is(type)) {
      return MultipartForm.decode(type, body);
    }
    if (type == null || !FormEncoding.is(type)) {
      throw new RefusedException(
          HttpResponse.problem(
              415,
              "media-type",
              "The body is of another media type than is taken here.",
              "this address takes application/x-www-form-urlencoded"));
    }
    return FormEncoding.decode(new String(body, StandardCharsets.UTF_8));
  }

  /// The first value of a form's field, or null.
  public @Nullable String field(String name) {
    var values = form().get(name);
    return values == null ? null : values.getFirst();
  }

  /// A cookie's value, or null where it is absent or sent twice.
  public @Nullable String cookie(String name) {
    String found = null;
    for (var line : headers.getOrDefault("cookie", List.of())) {
      for (var pair : line.split(";", -1)) {
        var equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
          if (found != null) {
            return null;
          }
          found = pair.substring(equals + 1).strip();
        }
      }
    }
    return found;
  }

  static RefusedException refused(String detail) {
    return new RefusedException(
        HttpResponse.problem(400, "bad-request", "The request cannot be read.", detail));
  }
}
