package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.draft.Catalogue;
import dev.interdict.server.draft.YamlFile;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The rules that come with the product, to begin drafts from. Thread-safe.
final class CatalogueApi implements Operations.Resource {
  private static final Schema.Named ENTRY =
      Schema.named(
          "CatalogueEntry",
          needs("id", Schema.any()),
          needs("name", Schema.any()),
          needs("publisher", Schema.any()));

  /// They never change while a server runs.
  private static final Map<String, Json.Obj> ENTRIES =
      Catalogue.IDS.stream()
          .collect(Collectors.toUnmodifiableMap(Function.identity(), CatalogueApi::entry));

  private final Listing list =
      Listing.whole(
          "catalogue",
          ENTRY,
          List.of(),
          _ -> Catalogue.IDS,
          id -> Objects.requireNonNull(ENTRIES.get(id)),
          Function.identity());

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page(
            "listCatalogue",
            Reach.APART,
            "The rules that come with the product, by id",
            Role.VIEWER));
  }

  private static Json.Obj entry(String id) {
    if (YamlFile.read(id, Catalogue.rule(id).orElseThrow())
            instanceof YamlFile.Reading.Read(var file)
        && file.json() instanceof Json.Obj rule) {
      return Json.object()
          .put("id", id)
          .put("name", rule.get("name"))
          .put("publisher", rule.get("publisher"))
          .build();
    }
    throw new IllegalStateException("the catalogue's own rule " + id + " cannot be read");
  }
}
