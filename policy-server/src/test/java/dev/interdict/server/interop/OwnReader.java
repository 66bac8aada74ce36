package dev.interdict.server.interop;

import dev.interdict.trust.DirectoryStore;
import dev.interdict.trust.Fetcher;
import dev.interdict.trust.Limits;
import dev.interdict.trust.RefreshResult;
import dev.interdict.trust.TargetResult;
import dev.interdict.trust.UnreachableException;
import dev.interdict.trust.Updater;
import dev.interdict.trust.metadata.RepositoryException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/// The agents' client.
final class OwnReader implements Reader {
  @Override
  public Map<String, byte[]> read(Path state, URI repository, Collection<String> targets)
      throws IOException, RefusedException {
    try (var client = HttpClient.newHttpClient()) {
      var updater =
          new Updater(
              Files.readAllBytes(state.resolve("root.json")),
              new DirectoryStore(state.resolve("trust")),
              fetcher(client, repository),
              Limits.STANDARD);
      var refreshed = updater.refresh(Instant.now());
      if (!(refreshed instanceof RefreshResult.Updated
          || refreshed instanceof RefreshResult.Unchanged)) {
        throw new RefusedException(refreshed.toString());
      }
      var contents = new LinkedHashMap<String, byte[]>();
      for (var path : targets) {
        switch (updater.target(path)) {
          case TargetResult.Found(var target, _) -> contents.put(path, target.content());
          case TargetResult.Absent _ -> {}
          case TargetResult.Refused refused -> throw new RefusedException(refused.toString());
          case TargetResult.Unreachable unreachable ->
              throw new IOException(unreachable.toString());
        }
      }
      return contents;
    } catch (RepositoryException e) {
      throw new RefusedException(String.valueOf(e.getMessage()));
    }
  }

  private static Fetcher fetcher(HttpClient client, URI repository) {
    return (path, limit) -> {
      try {
        var request = HttpRequest.newBuilder(URI.create(repository + "/" + path)).build();
        var answer = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (var body = answer.body()) {
          return switch (answer.statusCode()) {
            case 200 -> body.readNBytes(limit + 1);
            case 404 -> null;
            default -> throw new UnreachableException(answer + " for " + path);
          };
        }
      } catch (IOException | InterruptedException e) {
        throw new UnreachableException("no answer for " + path, e);
      }
    };
  }
}
