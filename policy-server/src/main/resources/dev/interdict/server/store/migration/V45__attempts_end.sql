-- What has ended is found without reading all: anybody can begin to sign in.
create index sign_in_attempt_window on sign_in_attempt (window_start);
create index oidc_login_expires on oidc_login (expires_at);
