package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.trust.keys.TufKey;
import dev.interdict.trust.metadata.Metadata;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.repository.KnownState;
import dev.interdict.trust.repository.RepositoryFiles;
import dev.interdict.trust.repository.RepositoryState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The public half of what signs: roles, their keys and thresholds, as the signed repository itself
/// says. Thread-safe.
final class KeysApi implements Operations.Resource {
  private static final Schema.Named KEY =
      Schema.named(
          "PublicKey",
          needs("id", Schema.any()),
          needs("scheme", Schema.any()),
          needs("public", new Schema.Document("The key as signed metadata writes it.")),
          may("last-signed", Schema.instant()));

  private static final Excerpt OF_ROLE = new Excerpt("keys", KEY, 100);

  private static final Excerpt ROLES =
      new Excerpt(
          "roles",
          Schema.named(
              "SigningRole",
              needs("role", Schema.any()),
              needs("threshold", Schema.count()),
              may("version", Schema.count()),
              may("signed", Schema.instant()),
              may("expires", Schema.instant()),
              OF_ROLE.rows(),
              OF_ROLE.leftOut()),
          100);

  private final KnownState repository;
  private volatile @Nullable Told last;

  /// What was told of a state: who signed it is verified for each key anew.
  private record Told(RepositoryState state, Json.Obj answer) {}

  KeysApi(RepositoryFiles files) {
    this.repository = new KnownState(files);
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get(
                "/keys",
                "listKeys",
                "Who may sign what: public keys, thresholds, expiry, and when each key last signed"
                    + " what holds now")
            .answers(
                200,
                Schema.named("Keys", needs("root", Schema.count()), ROLES.rows(), ROLES.leftOut()))
            .may(Role.VIEWER)
            .does(Reach.APART, _ -> keys()));
  }

  private HttpResponse keys() {
    try {
      var state = repository.now();
      var told = last;
      if (told == null || told.state != state) {
        told = new Told(state, answer(state));
        last = told;
      }
      return HttpResponse.json(200, told.answer);
    } catch (RepositoryException e) {
      throw Problem.refused(
          409, "trust", "The signed repository does not verify.", String.valueOf(e.getMessage()));
    }
  }

  private static Json.Obj answer(RepositoryState state) {
    var root = Json.object().put("root", state.trusted().root().version());
    return ROLES.put(root, roles(state), Function.identity()).build();
  }

  private static List<Json> roles(RepositoryState state) {
    var root = state.trusted().root();
    var roles = new ArrayList<Json>();
    roles.add(role(RoleName.ROOT, root.keys(RoleName.ROOT), root, state));
    state
        .roles()
        .values()
        .forEach(delegator -> {
          if (delegator.role().equals(RoleName.TARGETS)) {
            roles.add(role(RoleName.TARGETS, root.keys(RoleName.TARGETS), delegator, state));
          }
          delegator
              .delegations()
              .forEach(each ->
                  roles.add(role(each.role(), each.keys(), state.role(each.role()), state)));
        });
    roles.add(role(RoleName.SNAPSHOT, root.keys(RoleName.SNAPSHOT), state.snapshot(), state));
    roles.add(role(RoleName.TIMESTAMP, root.keys(RoleName.TIMESTAMP), state.timestamp(), state));
    var time = root.time();
    if (time != null) {
      roles.add(role(new RoleName("time"), time, null, state));
    }
    return roles;
  }

  /// @param signed what holds now; null for a role that signs nothing that is kept
  private static Json role(
      RoleName name, RoleKeys keys, @Nullable Metadata signed, RepositoryState state) {
    var issued = signed == null ? null : signed.header().issued();
    var signers =
        signed == null
            ? List.<TufKey>of()
            : keys.signedBy(signed.file(), state.trusted().root().schemes());
    var json =
        Json.object()
            .put("role", name.value())
            .put("threshold", keys.threshold())
            .put("version", signed == null ? null : new Json.Int(signed.header().version()))
            .put("signed", Answers.text(issued))
            .put("expires", signed == null ? null : signed.header().expires().toString());
    return OF_ROLE
        .put(
            json,
            keys.keys(),
            key ->
                Json.object()
                    .put("id", key.id().value())
                    .put("scheme", key.scheme())
                    .put("public", key.json())
                    .put("last-signed", signers.contains(key) ? Answers.text(issued) : null)
                    .build())
        .build();
  }
}
