package dev.interdict.agent.sync;

import dev.interdict.trust.DurableFile;
import dev.interdict.trust.Fetcher;
import dev.interdict.trust.UnreachableException;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Fetches repository files from the server and leaves a copy of each in the staging folder, under
/// the path that was asked for, where the guard reads and judges them.
final class StagingFetcher implements Fetcher {
  private final Http http;
  private final Path stage;

  StagingFetcher(Http http, Path stage) {
    this.http = http;
    this.stage = stage;
  }

  @Override
  public byte @Nullable [] fetch(String path, int limit) throws UnreachableException {
    try {
      var answer = http.get(Routes.TUF + path, limit);
      return switch (answer.status()) {
        case 200 -> {
          if (answer.body().length <= limit) {
            DurableFile.write(stage.resolve(path), answer.body());
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
