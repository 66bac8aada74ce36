package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.draft.Catalogue;
import dev.interdict.server.draft.YamlFile;
import dev.interdict.server.http.HttpResponse;
import java.util.List;

/// The rules that come with the product, to begin drafts from. Thread-safe.
final class CatalogueApi implements Operations.Resource {
  private static final Schema.Named ENTRY =
      Schema.named(
          "CatalogueEntry",
          needs("id", Schema.any()),
          needs("name", Schema.any()),
          needs("publisher", Schema.any()));

  /// They never change while a server runs.
  private static final List<Json> ENTRIES =
      Catalogue.IDS.stream().map(CatalogueApi::entry).toList();

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get("/catalogue", "listCatalogue", "The rules that come with the product, by id")
            .answers(200, Schema.named("Catalogue", needs("catalogue", Schema.list(ENTRY))))
            .may(Role.VIEWER)
            .does(
                Reach.APART,
                _ -> HttpResponse.json(200, Json.object().put("catalogue", ENTRIES).build())));
  }

  private static Json entry(String id) {
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
