export default { "/api": { target: process.env.GWS_URL } };
