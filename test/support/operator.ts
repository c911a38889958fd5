import { basicAuthorization } from '../../src/common/http-basic';

/** The operator of the Functions in tests. The password has a colon and a blank, which HTTP Basic allows. */
export const operator = { username: 'operator', password: 'correct: horse battery' };

/** The `Authorization` header with which the operator signs in. */
export const operatorAuthorization = basicAuthorization(operator.username, operator.password);
