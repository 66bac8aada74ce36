/// Signs that a service is used through whatever tool: variables that hold its keys and addresses,
/// and models that tools are set to. Names only: values of variables, keys above all, stay in the
/// parser that meets them.
@NullMarked
package dev.interdict.agent.sources.use;

import org.jspecify.annotations.NullMarked;
