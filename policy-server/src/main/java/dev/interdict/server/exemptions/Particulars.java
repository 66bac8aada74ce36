package dev.interdict.server.exemptions;

import dev.interdict.server.wording.Sentence;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// What people write down beside a grant. It is kept here alone: what devices read of an exemption
/// does not hold it. Immutable.
///
/// @param category what kind of reason it is; null where nobody said
/// @param ticket where it is worked on elsewhere: an address, or a number; null for nowhere
/// @param conditions under which it holds, which the employee reads; null for none
public record Particulars(
    @Nullable Category category, @Nullable String ticket, @Nullable String conditions) {
  /// Nothing beside it.
  public static final Particulars NONE = new Particulars(null, null, null);

  /// How long a ticket may be, as that of a failed removal.
  public static final int MOST_TICKET = 500;

  /// Takes back, in the second step, what the first wrote down.
  public static final String NOTHING = "-";

  /// As somebody writes them in one of the two steps, over what was written in the step before:
  /// what is null stays, what is [#NOTHING] is taken back.
  public record Written(
      @Nullable String category, @Nullable String ticket, @Nullable String conditions) {
    /// Leaves all as it is.
    public static final Written NOTHING_NEW = new Written(null, null, null);

    /// @throws UndecidedException if one of them cannot be
    Particulars over(Particulars before) {
      return new Particulars(
          category == null ? before.category : category.equals(NOTHING) ? null : category(category),
          text("ticket", ticket, before.ticket, MOST_TICKET),
          text("conditions", conditions, before.conditions, Decisions.MOST_TEXT));
    }

    private static Category category(String written) {
      try {
        return Category.read(written);
      } catch (IllegalArgumentException e) {
        throw Decisions.content(Sentence.of(e));
      }
    }

    private static @Nullable String text(
        String what, @Nullable String written, @Nullable String before, int most) {
      if (written == null || written.isBlank()) {
        return before;
      }
      if (written.strip().equals(NOTHING)) {
        return null;
      }
      Decisions.check(what, written, most);
      return written.strip();
    }
  }

  static Particulars read(ResultSet row) throws SQLException {
    return new Particulars(
        Category.ofNullable(row.getString("category")),
        row.getString("ticket"),
        row.getString("conditions"));
  }
}
