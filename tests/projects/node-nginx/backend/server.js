const { createServer } = require('node:http');
const { hostname } = require('node:os');

createServer((request, response) => {
  response.end(
    `node ${process.version} on ${hostname()} through nginx for ${request.headers['x-forwarded-for']}`,
  );
}).listen(3000);
