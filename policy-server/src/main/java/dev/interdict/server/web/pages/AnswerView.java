package dev.interdict.server.web.pages;

import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;

/// One thing as the API answers it. Immutable.
///
/// @param me the account of whoever looks
public record AnswerView(String template, Row answer, String me, Clock clock) implements View {}
