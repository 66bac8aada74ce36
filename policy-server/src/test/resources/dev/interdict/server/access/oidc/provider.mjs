// A real OpenID provider for one test: node provider.mjs REDIRECT_URI. Prints its address.
import http from 'node:http';
import { Provider } from 'oidc-provider';

const server = http.createServer((request, response) => provider.callback()(request, response));
let provider;
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  provider = new Provider(issuer, {
    clients: [{
      client_id: 'interdict',
      client_secret: 's',
      redirect_uris: [process.argv[2]],
      application_type: 'native',
    }],
    claims: { openid: ['sub', 'groups'], profile: ['preferred_username'], email: ['email'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true, methods: ['S256'] },
    findAccount: (context, id) => ({
      accountId: id,
      claims: () => ({
        sub: id,
        groups: [{ stranger: 'visitors', boss: 'admins' }[id] ?? 'authors'],
        preferred_username: { stranger: 'wu.ming', boss: 'wang.wei' }[id] ?? 'li.na',
      }),
    }),
  });
  // Its pages ask for a font elsewhere, and no test of ours talks to anybody elsewhere.
  provider.use(async (context, next) => {
    await next();
    if (typeof context.body === 'string') {
      context.body = context.body.replace(/@import url\([^)]*\);/, '');
    }
  });
  console.log(issuer);
});
