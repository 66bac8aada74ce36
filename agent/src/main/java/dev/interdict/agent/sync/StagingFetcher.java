package dev.interdict.agent.sync;

import dev.interdict.trust.Fetcher;
import dev.interdict.trust.UnreachableException;
import dev.interdict.wire.Routes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Fetches repository files from the server and keeps a copy of each, under the path that was asked
/// for, for whoever judges them.
final class StagingFetcher implements Fetcher {
  private final Line http;
  private final Parcels.Recipient copies;

  StagingFetcher(Line http, Parcels.Recipient copies) {
    this.http = http;
    this.copies = copies;
  }

  @Override
  public byte @Nullable [] fetch(String path, int limit) throws UnreachableException {
    try {
      var answer = http.get(Routes.TUF + path, limit);
      return switch (answer.status()) {
        case 200 -> {
          if (answer.body().length <= limit) {
            copies.take(path, answer.body());
          }
          yield answer.body();
        }
        case 404 -> null;
        default ->
            throw new UnreachableException(
                "the server answered " + answer.status() + " for " + path);
      };
    } catch (IOException e) {
      throw new UnreachableException("no answer for " + path + ": " + e, e);
    }
  }
}
