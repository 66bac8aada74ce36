package dev.interdict.server.http;

/// Answers requests of one route; called from many threads at once. It may block.
@FunctionalInterface
public interface Handler {
  HttpResponse handle(HttpRequest request);
}
