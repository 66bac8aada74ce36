package dev.interdict.server.web;

import dev.interdict.server.access.Session;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.Listener;
import dev.interdict.server.http.Router;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.BusyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// A console for the people of another one, whose database takes nothing on: `/calm` can be shown
/// all the same, `/busy` cannot, and no form is carried out.
final class BusyConsole implements AutoCloseable {
  private final Listener listener;

  BusyConsole(ConsoleServer people) {
    var router = new Router();
    var console =
        new Console(
            List.of(page("/calm"), page("/busy")),
            new Head(people.parts.clock().instant()),
            people.parts.sessions(),
            people.parts.gate(),
            false,
            new SplittableRandom(1));
    console.addTo(router, new Overloaded());
    try {
      var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      listener = Listener.start("admin", address, null, router);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String address() {
    return "http://127.0.0.1:" + listener.port();
  }

  private static Page page(String path) {
    return new Page() {
      @Override
      public String path() {
        return path;
      }

      @Override
      public Outcome show(Ask ask) {
        if (path.equals("/busy")) {
          throw new BusyException("too many wait");
        }
        var view = new ErrorView(200, "Calm", "Calm", null, false, "refused.jte");
        return new Shown("Calm", List.of(), view, 0);
      }
    };
  }

  private static final class Overloaded implements Api {
    @Override
    public boolean may(String operation, Session session) {
      return true;
    }

    @Override
    public HttpResponse read(
        String operation, Map<String, List<String>> parameters, Session session, HttpRequest page) {
      return HttpResponse.problem(404, "not-found", "There is nothing here.");
    }

    @Override
    public HttpResponse carryOut(String operation, HttpRequest form, Session session) {
      if (operation.equals("fail")) {
        throw new IllegalStateException("the database was lost while it committed");
      }
      throw new BusyException("too many wait");
    }
  }

  private record Head(Instant now) implements Masthead {
    @Override
    public String issuer() {
      return "Hailan Group";
    }

    @Override
    public long ruleCount() {
      return 0;
    }

    @Override
    public long deviceCount() {
      return 0;
    }

    @Override
    public Masthead within(Scope scope) {
      return this;
    }
  }

  @Override
  public void close() {
    listener.close();
  }
}
