package dev.interdict.server.http;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An answer, whole or streamed. Immutable; its body is not copied and must not be changed.
///
/// @param headers besides those that every answer carries; a header named here replaces such a one
/// @param stream writes the body in place of `body`; null for an answer that is whole
public record HttpResponse(int status, List<Header> headers, byte[] body, @Nullable Stream stream) {
  private static final byte[] EMPTY = {};

  /// One header field, without line breaks.
  public record Header(String name, String value) {
    public Header {
      if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
        throw new IllegalArgumentException("a line break in header " + name);
      }
    }
  }

  /// A body that is made while it is sent, so that its length has no bound.
  @FunctionalInterface
  public interface Stream {
    /// Writes all of it. What it throws breaks the connection off, so that nobody takes a part for
    /// the whole.
    void writeTo(OutputStream out) throws IOException;
  }

  /// An answer that is whole.
  public HttpResponse(int status, List<Header> headers, byte[] body) {
    this(status, headers, body, null);
  }

  public HttpResponse {
    headers = List.copyOf(headers);
  }

  /// A status alone.
  public static HttpResponse empty(int status) {
    return new HttpResponse(status, List.of(), EMPTY);
  }

  /// Bytes of a media type.
  public static HttpResponse of(int status, String type, byte[] body) {
    return new HttpResponse(status, List.of(new Header("Content-Type", type)), body);
  }

  /// A body of a media type that is made while it is sent.
  public static HttpResponse streamed(String type, Stream stream) {
    return new HttpResponse(200, List.of(new Header("Content-Type", type)), EMPTY, stream);
  }

  /// JSON.
  public static HttpResponse json(int status, Json body) {
    return of(status, "application/json", JsonWriter.compact(body));
  }

  /// A page.
  public static HttpResponse html(int status, String page) {
    return of(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
  }

  /// See other (303): a GET of `path`, which stays on this host.
  public static HttpResponse seeOther(String path) {
    if (!path.startsWith("/") || path.startsWith("//") || path.indexOf('\\') >= 0) {
      throw new IllegalArgumentException("a redirect stays on this host");
    }
    return empty(303).with("Location", path);
  }

  /// A problem (RFC 9457).
  ///
  /// @param kind names it for programs; becomes `urn:interdict:problem:KIND`
  /// @param title says it for people, the same each time
  public static HttpResponse problem(int status, String kind, String title) {
    return problem(status, kind, title, Json.object().build());
  }

  /// A problem with what it is about this time.
  public static HttpResponse problem(int status, String kind, String title, String detail) {
    return problem(status, kind, title, Json.object().put("detail", detail).build());
  }

  /// A problem with further members.
  public static HttpResponse problem(int status, String kind, String title, Json.Obj members) {
    var body =
        Json.object()
            .put("type", "urn:interdict:problem:" + kind)
            .put("title", title)
            .put("status", status);
    members.members().forEach(body::put);
    return of(status, "application/problem+json", JsonWriter.compact(body.build()));
  }

  /// The same with one more header field.
  public HttpResponse with(String name, String value) {
    var more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new HttpResponse(status, more, body, stream);
  }
}
