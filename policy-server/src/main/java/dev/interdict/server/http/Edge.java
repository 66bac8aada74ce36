package dev.interdict.server.http;

import dev.interdict.server.metrics.Measures;
import dev.interdict.server.store.BusyException;
import dev.interdict.server.store.OnBehalf;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Turns the library's requests into ours and our responses into its own. Whatever a handler throws
/// becomes an answer without details; the details go to the log.
final class Edge extends Handler.Abstract {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);

  private static final String CONNECTION = "Connection";
  private static final int SMALL = 32 << 10;
  private static final int LARGE_AT_A_TIME = 32;
  private static final int SHORTEST_WAIT = 30;
  private static final Duration BODY_TIME = Duration.ofSeconds(60);

  /// For a short body of a request that is answered already: it follows its head within a journey
  /// or never, and who asks may be anybody.
  private static final Duration LATE = Duration.ofMillis(500);

  private static final Duration LOOK = Duration.ofMillis(5);

  /// For each piece of [#SMALL] bytes of what is streamed.
  private static final Duration PIECE_TIME = Duration.ofSeconds(30);

  private static final HttpResponse BUSY =
      HttpResponse.problem(503, "busy", "Too much is waiting; try again later.");

  private final String name;
  private final Router router;
  private final Proxies proxies;
  private final Semaphore largeBodies = new Semaphore(LARGE_AT_A_TIME);

  /// @param name of the listener, for measures
  Edge(String name, Router router, Proxies proxies) {
    this.name = name;
    this.proxies = proxies;
    this.router = router;
  }

  /// Answers what the library itself refuses, such as a malformed request line.
  static Request.Handler errors() {
    return (request, response, callback) -> {
      var status = response.getStatus() >= 400 ? response.getStatus() : 500;
      var answer =
          HttpResponse.problem(status, "http", "The request cannot be answered.", why(status));
      send(RequestId.fresh().on(answer), request, response, callback);
      return true;
    };
  }

  private static String why(int status) {
    return switch (status) {
      case 400 ->
          "the request line, the address or a header field is not as HTTP has it; an address holds"
              + " no encoded slash and no way up";
      case 414 -> "the address is too long; send fewer or shorter parameters";
      case 431 -> "the header fields are too long, of which cookies are a part";
      default -> "the log of the server says more under the request-id";
    };
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    var began = System.nanoTime();
    var id = RequestId.fresh();
    // Whatever is logged meanwhile can be found by it.
    try (var _ = MDC.putCloseable(OnBehalf.LOGGED, id.value())) {
      send(id.on(settled(request, answer(request, id))), request, response, callback);
    } finally {
      Measures.request(name, System.nanoTime() - began);
    }
    return true;
  }

  /// An answer may come before the body does. A short body is taken off the line, so that the
  /// connection goes on; behind a longer one it ends, and says so: a client that sent its next
  /// request on it would be told nothing.
  private static HttpResponse settled(Request request, HttpResponse answer) {
    return request.getLength() == 0
            || answer.headers().stream().anyMatch(each -> each.name().equals(CONNECTION))
            || isTakenOff(request)
        ? answer
        : answer.with(CONNECTION, "close");
  }

  private static boolean isTakenOff(Request request) {
    if (request.getLength() < 0 || request.getLength() > SMALL) {
      return request.consumeAvailable();
    }
    var began = System.nanoTime();
    while (System.nanoTime() - began < LATE.toNanos()) {
      var chunk = request.read();
      if (chunk == null) {
        LockSupport.parkNanos(LOOK.toNanos());
      } else if (Content.Chunk.isFailure(chunk)) {
        return false;
      } else {
        chunk.release();
        if (chunk.isLast()) {
          return true;
        }
      }
    }
    return false;
  }

  private HttpResponse answer(Request request, RequestId id) {
    var path = request.getHttpURI().getPath();
    if (path == null || !CanonicalPath.is(path)) {
      return HttpResponse.problem(
          400,
          "path",
          "This is not an address of this server.",
          "an address here has no empty segments, no dots as segments and nothing encoded that need"
              + " not be");
    }
    return switch (router.match(request.getMethod(), path)) {
      case Router.Match.Nothing _ ->
          HttpResponse.problem(
              404,
              "not-found",
              "There is nothing at this address.",
              "this listener has no route for it");
      case Router.Match.OtherMethods(var allow) ->
          HttpResponse.problem(
                  405,
                  "method",
                  "The method is not taken at this address.",
                  "this address takes " + allow + ", not " + request.getMethod())
              .with("Allow", allow);
      case Router.Match.Found found -> answer(request, path, found, id);
    };
  }

  private HttpResponse answer(
      Request request, String path, Router.Match.Found found, RequestId id) {
    var seconds = found.admission().refusedFor();
    if (seconds > 0) {
      // Nothing of it is understood, or waited for. What has come is dropped: a connection made
      // anew costs more, and a handshake a hundred times as much.
      return request.consumeAvailable() ? busy(seconds) : busy(seconds).with(CONNECTION, "close");
    }
    try {
      var headers = headers(request);
      var encoding = headers.getOrDefault("content-encoding", List.of());
      if (!encoding.isEmpty()) {
        return HttpResponse.problem(
            415,
            "encoding",
            "Bodies are taken as they are, unpacked.",
            "send it without Content-Encoding " + encoding.getFirst());
      }
      var client =
          proxies.client(
              address(request),
              request.isSecure(),
              headers.getOrDefault("x-forwarded-for", List.of()),
              headers.getOrDefault("x-forwarded-proto", List.of()));
      var head =
          new HttpRequest(
              request.getMethod(),
              path,
              request.getHttpURI().getQuery(),
              headers,
              client.address(),
              client.secure(),
              found.captured(),
              new byte[0]);
      if (found.bodyLimit() > 0) {
        checkLength(request, found.bodyLimit());
        var refusal = found.admission().refusal(head);
        if (refusal != null) {
          return refusal;
        }
      }
      return found.handler().handle(head.with(body(request, found.bodyLimit())));
    } catch (RefusedException e) {
      return e.response();
    } catch (BusyException e) {
      return busy(SHORTEST_WAIT + ThreadLocalRandom.current().nextInt(SHORTEST_WAIT));
    } catch (IOException e) {
      return HttpResponse.problem(400, "body", "The body did not arrive.")
          .with(CONNECTION, "close");
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("path", path)
          .addKeyValue("request", id.value())
          .log("a request failed");
      return HttpResponse.problem(500, "internal", "Something failed here; it is in our log.");
    }
  }

  private static HttpResponse busy(int seconds) {
    return BUSY.with("Retry-After", Integer.toString(seconds));
  }

  /// By its announced length, before a byte is read; by its real one it is while it is.
  private static void checkLength(Request request, int limit) {
    if (request.getLength() > limit) {
      throw new RefusedException(tooLarge(limit));
    }
  }

  private byte[] body(Request request, int limit) throws IOException {
    checkLength(request, limit);
    try (var in = Request.asInputStream(request)) {
      var patience = new Patience(System::nanoTime, BODY_TIME.toNanos());
      var start = patience.read(in, Math.min(limit, SMALL) + 1, request.getLength());
      if (start.length > limit) {
        throw new RefusedException(tooLarge(limit));
      }
      return start.length <= SMALL ? start : large(in, patience, start, limit);
    }
  }

  /// Large bodies are rare, and all connections sending one at once would exhaust the memory.
  private byte[] large(InputStream in, Patience patience, byte[] start, int limit)
      throws IOException {
    if (!largeBodies.tryAcquire()) {
      throw new BusyException("too many large bodies are on their way");
    }
    try {
      var rest = patience.read(in, limit + 1 - start.length, -1);
      if (start.length + rest.length > limit) {
        throw new RefusedException(tooLarge(limit));
      }
      var body = Arrays.copyOf(start, start.length + rest.length);
      System.arraycopy(rest, 0, body, start.length, rest.length);
      return body;
    } finally {
      largeBodies.release();
    }
  }

  private static HttpResponse tooLarge(int limit) {
    return HttpResponse.problem(
            413,
            "too-large",
            "The body is too long.",
            "the body may have " + limit + " bytes at most")
        .with(CONNECTION, "close");
  }

  private static Map<String, List<String>> headers(Request request) {
    var headers = new HashMap<String, List<String>>();
    for (var field : request.getHeaders()) {
      var value = field.getValue();
      headers
          .computeIfAbsent(field.getLowerCaseName(), _ -> new ArrayList<>(1))
          .add(value == null ? "" : value);
    }
    return headers;
  }

  /// In digits: asking for a name would wait for a resolver.
  private static String address(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress()
                instanceof InetSocketAddress peer
            && peer.getAddress() != null
        ? peer.getAddress().getHostAddress()
        : "unknown";
  }

  private static void send(
      HttpResponse answer, Request request, Response response, Callback callback) {
    response.setStatus(answer.status());
    SecurityHeaders.ALWAYS.forEach(response.getHeaders()::put);
    for (var header : answer.headers()) {
      if (header.name().equalsIgnoreCase("Set-Cookie")) {
        response.getHeaders().add(header.name(), header.value());
      } else {
        response.getHeaders().put(header.name(), header.value());
      }
    }
    var stream = answer.stream();
    if (stream != null) {
      stream(stream, request, response, callback);
      return;
    }
    if (answer.status() != 204 && answer.status() != 304) {
      response.getHeaders().put("Content-Length", answer.body().length);
    }
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }

  /// On the request's own thread, which waits where the client reads slowly.
  private static void stream(
      HttpResponse.Stream stream, Request request, Response response, Callback callback) {
    if (request.getMethod().equals("HEAD")) {
      response.write(true, ByteBuffer.allocate(0), callback);
      return;
    }
    var endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
    var drained =
        new Draining(
            Content.Sink.asOutputStream(response),
            () -> endPoint.close(new TimeoutException("the client reads too slowly")),
            PIECE_TIME);
    try (var out = new BufferedOutputStream(drained, SMALL)) {
      stream.writeTo(out);
      out.flush();
    } catch (IOException | RuntimeException e) {
      LOG.atInfo().setCause(e).log("a stream broke off");
      callback.failed(e);
      return;
    }
    callback.succeeded();
  }
}
