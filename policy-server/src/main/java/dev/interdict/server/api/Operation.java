package dev.interdict.server.api;

import dev.interdict.server.access.Role;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.Router;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// One thing that the API does, as data: from it the router is filled, what clients send is
/// checked, and the description and the table of roles are written. Immutable.
///
/// @param path below [#BASE], with placeholders such as `{rule}`
/// @param id the name that generated clients give it
/// @param body what it takes; null for nothing
/// @param roles of which somebody needs one; empty for what anybody may
/// @param refusals the statuses, besides those of every operation, by which it says no
/// @param reach what it has to do with departments
record Operation(
    String method,
    String path,
    String id,
    String summary,
    List<Parameter> parameters,
    @Nullable Schema body,
    Answer answer,
    Set<Role> roles,
    Traits traits,
    List<Integer> refusals,
    Reach reach,
    Action action) {
  /// Where all of them are.
  static final String BASE = "/api/v1";

  /// What a body may have at most; the text of a rule is the longest.
  static final int BODY = 512 << 10;

  /// The same where a file is sent that people carry from machine to machine, or two copies of it.
  static final int CARRIED = 4 << 20;

  /// What such a file may have, in characters.
  static final int CARRIED_FILE = 3 << 19;

  Operation {
    parameters = List.copyOf(parameters);
    roles = Collections.unmodifiableSet(new TreeSet<>(roles));
    refusals = List.copyOf(refusals);
  }

  /// What it answers where it does what it was asked.
  ///
  /// @param types the media types, the usual one first
  /// @param schema of JSON; null for what is none, or for nothing
  record Answer(int status, List<String> types, @Nullable Schema schema) {
    Answer {
      types = List.copyOf(types);
    }
  }

  /// How it behaves.
  ///
  /// @param proof what besides a role is asked of whoever does it
  /// @param seen whether the client has to say which version it saw (`If-Match`)
  /// @param secret whether its answer holds a secret, which is shown once and kept nowhere
  record Traits(Proof proof, boolean seen, boolean secret) {}

  /// What is asked besides a role.
  enum Proof {
    /// Nothing.
    NONE,
    /// A password, a code or a token, lately.
    RECENT,
    /// The same, and no program.
    PERSONAL
  }

  /// Does it.
  @FunctionalInterface
  interface Action {
    HttpResponse run(Call call);
  }

  /// What its body may have, in bytes: only those may be long that have to.
  int longest() {
    if (!changes()) {
      return Router.NO_BODY;
    }
    var text =
        body instanceof Schema.Members(var members)
            ? members.stream().mapToLong(member -> longest(member.schema())).max().orElse(0)
            : 0;
    return text > BODY ? CARRIED : text > Router.FORM ? BODY : Router.FORM;
  }

  /// What a member may have, in characters: a text, or a list of texts with what stands between
  /// them. Nothing else that is sent is long.
  private static long longest(Schema schema) {
    return switch (schema) {
      case Schema.Text each -> each.most();
      case Schema.Items(Schema.Text each, var most) -> (each.most() + 3L) * most;
      default -> 0;
    };
  }

  /// Whether it changes anything.
  boolean changes() {
    return !method.equals("GET");
  }

  /// The address that the router knows.
  String address() {
    return BASE + path;
  }

  /// The resource that it belongs to.
  String resource() {
    return path.substring(1).split("/", 2)[0];
  }

  /// A parameter's names, in the query.
  Set<String> queryNames() {
    var names = new TreeSet<String>();
    parameters.stream()
        .filter(each -> each.in().equals("query"))
        .forEach(each -> names.add(each.name()));
    return names;
  }

  static Draft get(String path, String id, String summary) {
    return new Draft("GET", path, id, summary);
  }

  static Draft post(String path, String id, String summary) {
    return new Draft("POST", path, id, summary);
  }

  static Draft put(String path, String id, String summary) {
    return new Draft("PUT", path, id, summary);
  }

  /// Puts an operation together; not thread-safe.
  static final class Draft {
    private final String method;
    private final String path;
    private final String id;
    private final String summary;
    private final List<Parameter> parameters = new ArrayList<>();
    private final Set<Role> roles = EnumSet.noneOf(Role.class);
    private final List<Integer> refusals = new ArrayList<>();
    private @Nullable Schema body;
    private Answer answer = new Answer(204, List.of(), null);
    private Traits traits = new Traits(Proof.NONE, false, false);

    private Draft(String method, String path, String id, String summary) {
      this.method = method;
      this.path = path;
      this.id = id;
      this.summary = summary;
    }

    Draft with(Parameter... more) {
      parameters.addAll(List.of(more));
      return this;
    }

    Draft with(List<Parameter> more) {
      parameters.addAll(more);
      return this;
    }

    Draft takes(Schema.Member... members) {
      body = Schema.object(members);
      return this;
    }

    Draft takes(List<Schema.Member> members) {
      return takes(members.toArray(Schema.Member[]::new));
    }

    Draft answers(int status, Schema schema) {
      answer = new Answer(status, List.of("application/json"), schema);
      return this;
    }

    Draft answers(List<String> types) {
      answer = new Answer(200, types, null);
      return this;
    }

    Draft may(Role... more) {
      roles.addAll(List.of(more));
      return this;
    }

    Draft refuses(Integer... statuses) {
      refusals.addAll(List.of(statuses));
      return this;
    }

    /// Only for somebody who has just proved who he is.
    Draft proved() {
      traits = new Traits(Proof.RECENT, traits.seen(), traits.secret());
      return this;
    }

    /// Only for a person who has, and no program.
    Draft personal() {
      traits = new Traits(Proof.PERSONAL, traits.seen(), traits.secret());
      return this;
    }

    /// Only on the version that the client saw.
    Draft seen() {
      traits = new Traits(traits.proof(), true, traits.secret());
      return this;
    }

    Draft secret() {
      traits = new Traits(traits.proof(), traits.seen(), true);
      return this;
    }

    Operation does(Reach reach, Action action) {
      return new Operation(
          method,
          path,
          id,
          summary,
          parameters,
          body,
          answer,
          roles,
          traits,
          refusals,
          reach,
          action);
    }
  }
}
