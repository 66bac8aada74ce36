package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.ApiToken;
import dev.interdict.server.access.ApiTokens;
import dev.interdict.server.access.Role;
import dev.interdict.server.events.Links;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.scim.Directory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Whether the company's directory tells who has left, and until when it can. Thread-safe.
final class DirectoryApi implements Operations.Resource {
  private static final Schema.Named DIRECTORY =
      Schema.named(
          "Directory",
          needs("address", Schema.any()),
          needs("people", Schema.count()),
          needs("off", Schema.count()),
          needs("deleted", Schema.count()),
          may("last-used", Schema.instant()),
          needs("tokens", Schema.count()),
          may("expires", Schema.instant()));

  private final Directory directory;
  private final ApiTokens tokens;
  private final Links links;
  private final InstantSource clock;

  DirectoryApi(Directory directory, ApiTokens tokens, Links links, InstantSource clock) {
    this.directory = directory;
    this.tokens = tokens;
    this.links = links;
    this.clock = clock;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get(
                "/directory",
                "getDirectory",
                "Whether the company's directory tells by SCIM who has left, and of how many"
                    + " people")
            .answers(200, DIRECTORY)
            .may(Role.AUDITOR, Role.ADMINISTRATOR)
            .does(Reach.WHOLE, _ -> directory()));
  }

  private HttpResponse directory() {
    var standing = directory.standing();
    var all = tokens.list().stream().filter(one -> one.purpose() == ApiToken.Purpose.SCIM).toList();
    var usable = all.stream().filter(one -> one.usable(clock.instant())).toList();
    return HttpResponse.json(
        200,
        Json.object()
            .put("address", links.page(Directory.PATH))
            .put("people", standing.people())
            .put("off", standing.off())
            .put("deleted", standing.deleted())
            .put(
                "last-used",
                Answers.text(
                    all.stream()
                        .map(ApiToken::lastUsed)
                        .filter(Objects::nonNull)
                        .max(Comparator.<Instant>naturalOrder())
                        .orElse(null)))
            .put("tokens", usable.size())
            .put(
                "expires",
                Answers.text(
                    usable.stream()
                        .map(ApiToken::expiresAt)
                        .max(Comparator.naturalOrder())
                        .orElse(null)))
            .build());
  }
}
